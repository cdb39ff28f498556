"""What the tours of the demo share: the real bot with the example company, and pages of its people."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from playwright.sync_api import Browser, Page

from bot.playground.start import play

Visit = Callable[..., Page]


@contextmanager
def demo_running(clock: Callable[[], datetime]) -> Iterator[str]:
    """The page's address, once the bot answers there."""
    ready, stop = threading.Event(), threading.Event()
    address: list[str] = []

    def started(url: str) -> None:
        address.append(url)
        ready.set()

    def run() -> None:
        try:
            play(port=0, opened=lambda _url: None, started=started, stop=stop, clock=clock)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(120)
    assert address, "the demo did not start"
    yield address[0]
    stop.set()
    thread.join(60)
    assert not thread.is_alive()


@contextmanager
def visits(demo: str, browser: Browser, timeout: int) -> Iterator[Visit]:
    """Opens the page as somebody, in a conversation, at a size; `timeout` in milliseconds."""
    contexts = []

    def visited(user: str, channel: str | None = None, size: tuple[int, int] = (1280, 800)) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(timeout)
        page.goto(f"{demo}/#as={user}{f'&channel={channel}' if channel else ''}")
        page.locator(":focus").first.wait_for()
        return page

    yield visited
    for context in contexts:
        context.close()
