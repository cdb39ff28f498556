"""Bring the catalogues up with the code: `python -m commands.ui.locale.update` (or `make messages`).

Every text marked in the four packages is taken up, translations are kept, texts that are gone are dropped. English is
its own translation. What is left to translate is told by language; an empty msgstr is where to write it.
"""

import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

LANGUAGES: Final = ("en", "es", "ru")
PACKAGES: Final = ("bot", "commands", "metrics", "storage")
KEYWORDS: Final[Mapping[str, tuple[int, ...] | None]] = {
    "msg": None,
    "Sentence": None,
    "plural": (1, 2),
    "t": None,
    "md": None,
}
"""The calls whose literal argument is a text for people; of `plural`, the first two."""
HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[2]
_LEFT_OUT: Final = (
    *(b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Generated-By'),
    *(b'"Project-Id-Version', b'"Report-Msgid-Bugs-To', b'"Language-Team'),
)
"""Lines of the header that change daily or say nothing."""


def template(root: Path = ROOT) -> Catalog:
    """Every text in the code that wants a translation."""
    catalog = Catalog(project="Latido", charset="utf-8", fuzzy=False)
    for package in PACKAGES:
        for name, _, text, comments, _ in extract_from_dir(
            root / package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
        ):
            if text and text != ("",):
                catalog.add(text, None, [(f"{package}/{Path(name).as_posix()}", 0)], auto_comments=comments)
    return catalog


def catalogue(language: str, folder: Path = HERE) -> Catalog:
    """A language's catalogue as it stands in its file."""
    return read_po(BytesIO((folder / f"{language}.po").read_bytes()), locale=language)


def untranslated(catalog: Catalog) -> Iterator[Message]:
    """The texts that lack a translation, or one of its plural forms."""
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (not all(forms) or message.fuzzy):
            yield message


def updated(language: str, texts: Catalog, folder: Path = HERE) -> Catalog:
    """A language's catalogue with exactly the texts of the code."""
    catalog = catalogue(language, folder)
    catalog.update(deepcopy(texts), no_fuzzy_matching=True)  # it would take over the messages themselves
    catalog.obsolete.clear()
    if language == LANGUAGES[0]:
        for message in catalog:
            message.string = message.id if isinstance(message.id, str) else tuple(message.id)
            message.flags.discard("fuzzy")  # set where a text has become a plural
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file: sorted, without line numbers and dates, so that a change shows only what changed."""
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=True, include_lineno=False)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(_LEFT_OUT))


def main() -> None:
    """Write all catalogues and say what is left to do."""
    texts = template()
    for language in LANGUAGES:
        catalog = updated(language, texts)
        (HERE / f"{language}.po").write_bytes(written(catalog))
        left = sum(1 for _ in untranslated(catalog))
        sys.stdout.write(f"{language}: {len(catalog)} texts, {left} left to translate\n")


if __name__ == "__main__":
    main()
