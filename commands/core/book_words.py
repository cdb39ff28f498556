"""The names for parts of the customer base: segments, CSMs and plans, as people write them.

A segment is meant by its name whatever its case, hyphens and spaces, or by its beginning; a CSM by an address or its
beginning (`csm:ana`, `@ana`), or by "mine"; a plan by `plan:` and its name or the beginning of it. `segment:`, `csm:`
and `plan:` say which is meant and are never guessed at.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rapidfuzz import process

from commands.core.words import LONGEST, Puzzle, Word, folded, short, squeezed, written
from metrics.types import BookFilter, Sentence

SUGGESTIONS: Final = 3
PREFIX_LEAST: Final = 3
"""Letters from which on the beginning of a segment's name stands for it."""

MEANS_NOTHING: Final = frozenset(
    {"in", "for", "of", "the", "by", "to", "during", "accounts", "customers", "all", "segment"}
    | {"en", "de", "del", "el", "la", "los", "las", "por", "para", "durante", "cuentas", "clientes", "todo", "todos"}
    | {"в", "во", "за", "по", "на", "для", "счета", "клиенты", "все", "segmento", "сегмент"}
)
"""Folded words that a question may have without saying anything."""
_MINE: Final = frozenset(
    {"me", "my", "mine", "mi", "mis", "mio", "mios", "mia", "mias", "yo", "мои", "мое", "моя", "я"}
)
_SEGMENT_KEY: Final = re.compile(r"(?:segment|segmento|seg|сегмент):(.*)", re.IGNORECASE | re.DOTALL)
_CSM_KEY: Final = re.compile(r"(?:csm|owner|ксм):(.*)", re.IGNORECASE | re.DOTALL)
_PLAN_KEY: Final = re.compile(r"(?:plan|план|тариф):(.*)", re.IGNORECASE | re.DOTALL)
_ADDRESS: Final = re.compile(r"@.+|[^@\s]+@[^@\s]+")


class Known(NamedTuple):
    """The names that the store knows, and who asks."""

    segments: tuple[str, ...] = ()
    csm_emails: tuple[str, ...] = ()
    me: str | None = None
    """The asker's address, for "mine"."""
    plans: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    """ISO codes: the company's own, then those with exchange rates."""


def book_at(words: Sequence[Word], at: int, known: Known, longer_than: int = 0) -> tuple[int, BookFilter | None]:
    """The segment, CSM or plan named from `at` on; without its key a segment's name, or its beginning in one word."""
    word = words[at]
    for key, filter_of in ((_SEGMENT_KEY, _segment), (_CSM_KEY, _csm), (_PLAN_KEY, _plan)):
        if keyed := key.fullmatch(word.bare):
            apart = not keyed[1] and at + 1 < len(words)  # csm: @ana
            name = words[at + 1].bare if apart else keyed[1]
            return 1 + apart, filter_of(name, known, at, at + 1 + apart)
    if _ADDRESS.fullmatch(word.bare):
        return 1, _csm(word.bare, known, at, at + 1)
    for length in range(min(LONGEST, len(words) - at), longer_than, -1):
        name = " ".join(part.bare for part in words[at : at + length])
        if (segment := _named(name, known.segments, whole=length > 1 or word.quoted)) is not None:
            return length, BookFilter(segment=segment)
    if not longer_than and folded(word.bare) in _MINE:
        return 1, _csm(word.bare, known, at, at + 1)
    return 0, None


def _segment(name: str, known: Known, start: int, end: int) -> BookFilter:
    segment = _named(name, known.segments, whole=False)
    if segment is None:
        sentence = Sentence("There is no segment “{name}”.", {"name": short(name)})
        raise Puzzle(sentence, start, end, [f"segment:{written(near)}" for near in _nearest(name, known.segments)])
    return BookFilter(segment=segment)


def _plan(name: str, known: Known, start: int, end: int) -> BookFilter:
    plan = _named(name, known.plans, whole=False)
    if plan is None:
        sentence = Sentence("There is no plan “{name}”.", {"name": short(name)})
        raise Puzzle(sentence, start, end, [f"plan:{written(near)}" for near in _nearest(name, known.plans)])
    return BookFilter(plan=plan)


def _named(name: str, names: Sequence[str], *, whole: bool) -> str | None:
    """The one of that name, whatever its case, hyphens and spaces; or, unless `whole`, the one that begins so."""
    if name in names:
        return name
    wanted = squeezed(name)
    if not wanted or folded(name) in MEANS_NOTHING:
        return None
    same = [one for one in names if squeezed(one) == wanted]
    if not same and not whole and len(wanted) >= PREFIX_LEAST:
        same = [one for one in names if squeezed(one).startswith(wanted)]
    return same[0] if _one(same) else None


def _nearest(name: str, names: Sequence[str]) -> list[str]:
    """The names most like it, the likest first."""
    near = process.extract(folded(name), {one: folded(one) for one in names}, limit=SUGGESTIONS)
    return [one for _, _, one in near]


def _csm(name: str, known: Known, start: int, end: int) -> BookFilter:
    """The CSM whose address, or the beginning of whose address, `name` is."""
    if folded(name) in _MINE:
        if known.me is None:
            raise Puzzle(
                Sentence("Slack does not tell me your address, so I cannot tell which accounts are yours."),
                start,
                end,
                [""],
            )
        name = known.me
    found = csms_named(name, known.csm_emails)
    if _one(found):
        return BookFilter(csm_email=found[0])
    if found:
        sentence = Sentence("“{name}” could be several CSMs.", {"name": short(name)})
        raise Puzzle(sentence, start, end, [f"csm:{written(email)}" for email in found])
    wanted = folded(name).lstrip("@")
    near = process.extract(
        wanted,
        {email: local_part(email) if "@" not in wanted else email for email in known.csm_emails},
        limit=SUGGESTIONS,
    )
    sentence = Sentence("No account has {person} as its CSM.", {"person": short(name)})
    raise Puzzle(sentence, start, end, [f"csm:{written(email)}" for _, _, email in near])


def csms_named(name: str, emails: Sequence[str]) -> list[str]:
    """The addresses that `name` stands for: itself, or else the names before their @, or else how those begin."""
    if name in emails:
        return [name]
    wanted = folded(name).removeprefix("@")
    shapes: tuple[Callable[[str], bool], ...] = (
        lambda email: folded(email) == wanted,
        lambda email: local_part(email) == wanted,
        lambda email: squeezed(local_part(email)).startswith(squeezed(wanted)) and "@" not in wanted,
    )
    return next((found for shape in shapes if wanted and (found := [email for email in emails if shape(email)])), [])


def _one(names: Sequence[str]) -> bool:
    """Whether all of them are one name: sources write it in capitals now and then, and a BookFilter does not mind."""
    return len({name.casefold() for name in names}) == 1


def local_part(email: str) -> str:
    """What stands before the @, as it is compared."""
    return folded(email.partition("@")[0])
