"""A typed text as words: their quotes taken off, compared without case and accents; and what is puzzling about them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from metrics.types import Sentence, Value

LONGEST: Final = 6
"""Words in the longest phrase that means one thing."""
TOLD_MOST: Final = 60
"""Characters of what was typed that are repeated to the person."""
SUGGESTION_MOST: Final = 150
"""Characters of a command line that is offered on a button."""

_TOKEN: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*"?|[“„«][^”“»]*[”“»]?|[^\s"“„«])+', re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"?|[“„«]([^”“»]*)[”“»]?', re.DOTALL)
_BARE: Final = re.compile(r"[\w.@+/&-]+")


class Word(NamedTuple):
    """A word as typed, and without its quotes."""

    typed: str
    bare: str

    @property
    def quoted(self) -> bool:
        """Whether quotes hold it together, which makes it a name."""
        return self.typed[0] in '"“„«'


class Puzzle(Exception):
    """Why the words from `start` up to `end` are not understood, and texts that might have been meant by them."""

    def __init__(self, sentence: Sentence, start: int, end: int, meant: Iterable[str]) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence
        self.start = start
        self.end = end
        self.meant = tuple(meant)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; what stands in quotes, straight or curly, is one word."""
    return tuple(Word(typed, _QUOTED.sub(_unquoted, typed)) for typed in _TOKEN.findall(text))


def written(name: str) -> str:
    """The name as one word, in quotes where it needs them: words_of gives it back."""
    if _BARE.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folded(text: str) -> str:
    """The text as it is compared: small letters without accents, single spaces, no dots at the ends of words."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(word.rstrip(".,;") for word in bare.split())


def squeezed(text: str) -> str:
    """The folded text without anything but letters and digits: Mid-Market and mid market are one."""
    return re.sub(r"[\W_]", "", folded(text)) or folded(text)


def short(text: str) -> str:
    """What was typed, cut to a length that a sentence can repeat."""
    return text if len(text) <= TOLD_MOST else text[:TOLD_MOST] + "…"


def told(words: Sequence[Word], start: int, end: int) -> dict[str, Value]:
    """Some of the words as the value {words} of a sentence."""
    return {"words": short(" ".join(word.typed for word in words[start:end]))}


def _unquoted(found: re.Match[str]) -> str:
    return found[2] if found[1] is None else re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL)
