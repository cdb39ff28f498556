"""What a person typed, without Slack's markup: mentions become addresses, links become their text."""

import re
from collections.abc import Callable

_MARKUP = re.compile(r"<([^<>]*)>")


def plain(text: str, email_of: Callable[[str], str | None]) -> str:
    """Unwrap `<@U1|ana>` to `@` and the person's address, and links, channels and escapes to what was typed.

    `email_of` answers for a user id; where it does not know one, the name that Slack shows stays.

    >>> plain("csm:<@U1|ana> <mailto:bo@acme.example|bo@acme.example> R&amp;D", {"U1": "ana@us.example"}.get)
    'csm:@ana@us.example bo@acme.example R&D'
    """
    unwrapped = _MARKUP.sub(lambda found: _typed(found[1], email_of), text)
    return unwrapped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _typed(inside: str, email_of: Callable[[str], str | None]) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + (email_of(target[1:]) or label or target[1:])
    if target.startswith("#"):
        return "#" + (label or target[1:])
    return label or target.removeprefix("mailto:")
