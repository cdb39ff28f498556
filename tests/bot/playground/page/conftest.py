"""A headless Chromium on the page that Slack's double serves, with a tiny app behind it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bot.playground.double import SlackDouble
from tests.bot.playground.page.tiny_app import TinyApp
from tests.bot.playground.page.workspace import ANA, COMMANDS, WORLD

DESKTOP = (1280, 800)
PHONE = (390, 844)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Page]
Keep = Callable[[Page, str], Path]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(WORLD, commands=COMMANDS, ack_seconds=1.0) as double:
        yield double


@pytest.fixture
def app(slack: SlackDouble) -> Iterator[TinyApp]:
    with TinyApp(slack) as tiny:
        slack.connect_http(tiny.url)
        yield tiny


@pytest.fixture
def open_page(browser: Browser, slack: SlackDouble, app: TinyApp) -> Iterator[OpenPage]:
    """Pages of somebody in a channel; at the end none of them may have had an error or reached for another host."""
    contexts = []
    problems: list[str] = []

    def open_(
        user: str = ANA,
        channel: str | None = None,
        *,
        size: tuple[int, int] = DESKTOP,
        theme: str = "light",
        touch: bool = False,
        before: Callable[[Page], None] | None = None,
        more: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            has_touch=touch,
            reduced_motion="reduce",
            timezone_id="Etc/UTC",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: problems.append(f"{error.message}\n{error.stack}"))
        page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: _own(asked.url, slack.base_url, problems))
        if before:
            before(page)
        page.goto(f"{slack.base_url}/#as={user}{f'&channel={channel}' if channel else ''}{more}")
        page.locator(":focus").first.wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []


def _own(url: str, base_url: str, problems: list[str]) -> None:
    if not url.startswith((f"{base_url}/", "data:")):
        problems.append(f"the page reached for {url}")


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keep a screenshot: in the folder that LATIDO_SCREENSHOTS names, or with the test's own files."""
    folder = Path(os.environ.get("LATIDO_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def kept(page: Page, name: str) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path)
        return path

    return kept
