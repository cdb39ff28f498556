"""The modal of **History**: every change of an account's score with its reasons, and all of it as a file."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.health_history import Reason, ScoreHistory, ToldChange
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.csv_file import Cell, csv_file, file_name
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import BETWEEN, Line, Paragraph, as_section, line, strong
from commands.ui.cards.words import BAND_SIGNS, BANDS, short
from metrics.factors import all_factors
from metrics.score_history import TOLD_FROM, ScoreChange
from metrics.types import AccountEvent, Sentence, Value, msg

PAGE: Final = 8
"""Changes a page."""
EVENTS_MOST: Final = 3
"""Events told with one change."""
CSV_TITLES: Final = ("day", "score", "band", "coverage_percent", "change", "since", "reasons", "events")
"""What a row of the file begins with; then the share of each factor."""
WEIGHTS: Final = msg("Weights")


def on_page(history: ScoreHistory, page: int) -> Sequence[ScoreChange]:
    """The changes on a page; on the last one for a page that is no more."""
    first = _page(history, page) * PAGE
    return history.changes[first : first + PAGE]


def history_modal(history: ScoreHistory, told: Sequence[ToldChange], page: int, t: Translator) -> Modal:
    """The modal: `told` are the changes on the page."""
    blocks = [
        as_section(t, _head(history, page, t)),
        *(part for one in told for part in (divider(), as_section(t, _change(one, t)))),
        *_buttons(history, page, t),
        context(t.md(Sentence("As of {today} · changes of {least} points or more", _values(history)))),
    ]
    return Modal(cut(t("History of the score"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _page(history: ScoreHistory, page: int) -> int:
    return min(page, max(0, len(history.changes) - 1) // PAGE)


def _values(history: ScoreHistory) -> dict[str, Value]:
    return {"today": history.today, "least": TOLD_FROM}


def _head(history: ScoreHistory, page: int, t: Translator) -> Paragraph:
    """Whose history it is, how far it reaches, and which of its changes are here."""
    name = strong(short(history.account.name))
    scores = [point.score for point in history.points if point.score is not None]
    if not history.points or not scores:
        return (
            name,
            line(
                Sentence(
                    "No score has been kept yet: one is kept every night. The past can be filled in with "
                    "`latido job snapshot --since DAY`."
                )
            ),
        )
    kept: dict[str, Value] = {
        "day": history.points[0].day,
        "low": formats.score(min(scores), t.locale),
        "high": formats.score(max(scores), t.locale),
    }
    reach = line(Sentence("Kept since {day}, between {low} and {high}", kept))
    if not history.changes:
        return (name, reach, line(Sentence("No change of {least} points or more.", _values(history))))
    first = _page(history, page) * PAGE
    shown: dict[str, Value] = {
        "first": first + 1,
        "last": min(first + PAGE, len(history.changes)),
        "count": len(history.changes),
    }
    counted = Sentence("Changes, newest first: {first} to {last} of {count}", shown)
    return (name, reach, line(counted))


def _buttons(history: ScoreHistory, page: int, t: Translator) -> list[Block]:
    page, key = _page(history, page), history.account.key
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), "health.history.back", packed(key, page - 1)))
    if (page + 1) * PAGE < len(history.changes):
        buttons.append(button(t("Next ›"), "health.history.next", packed(key, page + 1)))
    if history.points:
        buttons.append(button(t("Whole history as CSV"), "health.history.csv", packed(key)))
    return [actions(*buttons)] if buttons else []


# --- One change ----------------------------------------------------------------------------------------------------


def _change(told: ToldChange, t: Translator) -> Paragraph:
    """12 Nov 2026 · ▼ 8 to 64, then each factor's part with its fact, then what happened."""
    return (_headline(told.change, t), *(_reason(one, t) for one in told.reasons), *_events(told, t))


def _headline(change: ScoreChange, t: Translator) -> Line:
    values: dict[str, Value] = {
        "arrow": "▲" if change.points > 0 else "▼",
        "points": abs(change.points),
        "score": change.now.score,
        "sign": BAND_SIGNS[change.now.band],
    }
    slowly = (change.now.day - change.before.day).days > 1
    since = Sentence("since {day}", {"day": formats.day_short(change.before.day, t.locale)}) if slowly else None
    return strong(formats.day(change.now.day, t.locale), Sentence("{arrow} {points} to {score} {sign}", values), since)


def _reason(reason: Reason, t: Translator) -> Line:
    return line(_reasoned(reason, t))


def _reasoned(reason: Reason, t: Translator) -> Sentence:
    """Relationship −5 (2 points of contact left)."""
    factors = all_factors()
    title = WEIGHTS if reason.factor_id is None else factors[reason.factor_id].title
    values: dict[str, Value] = {
        "factor": Sentence(title),
        "points": formats.signed_number(reason.points, t.locale),
    }
    if reason.fact is None:
        return Sentence("{factor} {points}", values)
    return Sentence("{factor} {points} ({fact})", values | {"fact": reason.fact})


def _events(told: ToldChange, t: Translator) -> Iterator[Line]:
    if told.events:
        more = len(told.events) - EVENTS_MOST
        rest = Sentence("and {count} more", {"count": more}) if more > 0 else None
        happened = (_event(event, t) for event in told.events[-EVENTS_MOST:])
        yield line(*happened, rest)


def _event(event: AccountEvent, t: Translator) -> Sentence:
    day = formats.day_short(event.day, t.locale)
    return Sentence("{day}: {event}", {"day": day, "event": event.label})


# --- All of it -----------------------------------------------------------------------------------------------------


def history_document(history: ScoreHistory, told: Sequence[ToldChange], t: Translator) -> Document:
    """Every day that is kept, oldest first, one a row; `told` are all changes."""
    by_day = {one.change.now.day: one for one in told}
    factors = all_factors()
    rows = []
    for point in history.points:
        shares = (point.permille.get(id_) for id_ in factors)
        rows.append(
            (
                point.day,
                point.score,
                "" if point.band is None else t(BANDS[point.band]),
                _tenth(point.coverage_permille),
                *_told_cells(by_day.get(point.day), t),
                *("" if share is None else _tenth(share) for share in shares),
            )
        )
    titles = (*CSV_TITLES, *(f"{id_}_percent" for id_ in factors))
    text = t("The history of the health score of {account}", account=history.account.name)
    return Document(file_name("health-history", history.account.key), csv_file(titles, rows), text)


def _tenth(permille: int) -> str:
    """Thousandths as a percentage for a spreadsheet."""
    return formats.number(Fraction(permille, 10), "en", 1)


def _told_cells(told: ToldChange | None, t: Translator) -> tuple[Cell, ...]:
    """The change that ends on a day, from which day on, its reasons, and the events."""
    if told is None:
        return ("", "", "", "")
    return (
        told.change.points,
        told.change.before.day,
        BETWEEN.join(t(_reasoned(reason, t)) for reason in told.reasons),
        BETWEEN.join(t(_event(event, t)) for event in told.events),
    )
