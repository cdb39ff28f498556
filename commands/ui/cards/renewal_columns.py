"""The picture of renewals: what is due in the coming days, by when and by the health of those who pay it."""

from collections.abc import Mapping
from typing import Final

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.trend import trend_chart
from commands.ui.cards.words import BANDS, book_name
from metrics.types import Band, Money, Sentence, Value, msg, plural
from storage.queries.renewal_lists import Ahead, Window

RATE: Final = "renewal_rate"
_TONES: Final[Mapping[Band | None, str]] = {Band.POOR: "bad", Band.GOOD: "good", None: "quiet"}
_ORDER: Final = (Band.POOR, Band.AVERAGE, None, Band.GOOD)
"""From the bottom up: what is in danger stands on the ground, where columns are easily compared."""
_UNKNOWN: Final = msg("unknown")


def renewal_columns(answer: FiguresAnswer, t: Translator) -> Chart | None:
    """The renewals in `answer.pictured`; where none is due soon, how those of twelve months turned out."""
    ahead: Ahead = answer.pictured
    due = sum(ahead.by_band.values())
    if not due:
        return trend_chart(answer, (RATE,), t)
    days = (ahead.windows[-1].last - ahead.windows[0].first).days
    title = t(_finding(ahead, due, days))
    caption = Sentence(
        "MRR up for renewal by health, {accounts}, in {currency}",
        {"accounts": book_name(answer.asked.book), "currency": ahead.currency},
    )
    columns = [_column(window, ahead.currency, t) for window in ahead.windows]
    data = {"columns": columns, "labels": {"caption": t(caption)}}
    return Chart("stacked_columns", title, t(_alt(ahead, title)), data)


def _column(window: Window, currency: str, t: Translator) -> dict[str, object]:
    until = formats.day_short(window.last, t.locale)
    label = t("{first} to {last}", first=formats.day_short(window.first, t.locale), last=until)
    parts = [
        {
            "label": t(_UNKNOWN if band is None else BANDS[band]),
            "value": window.mrr[band],
            "shown": formats.short_money(window.mrr[band], currency, t.locale),
            "tone": _TONES.get(band, ""),
        }
        for band in _ORDER
        if window.mrr.get(band)
    ]
    total = formats.short_money(sum(window.mrr.values()), currency, t.locale)
    return {"label": label, "total": total, "parts": parts}


def _finding(ahead: Ahead, due: int, days: int) -> Sentence:
    """How much of it is in poor health; or, where none is, of how much nothing is known."""
    by_band = ahead.by_band
    values: dict[str, Value] = {"due": Money(due, ahead.currency)}
    if poor := by_band.get(Band.POOR, 0):
        values["poor"] = Money(poor, ahead.currency)
        return plural(
            "{poor} of {due} due in {count} day is in poor health",
            "{poor} of {due} due in {count} days is in poor health",
            days,
            **values,
        )
    if unknown := by_band.get(None, 0):
        values["unknown"] = Money(unknown, ahead.currency)
        return plural(
            "Health is unknown for {unknown} of {due} due in {count} day",
            "Health is unknown for {unknown} of {due} due in {count} days",
            days,
            **values,
        )
    return plural(
        "None of {due} due in {count} day is in poor health",
        "None of {due} due in {count} days is in poor health",
        days,
        **values,
    )


def _alt(ahead: Ahead, title: str) -> Sentence:
    """The finding, then what is due in each of the windows."""
    values: dict[str, Value] = {"finding": title}
    for place, window in enumerate(ahead.windows):
        values[f"last{place}"] = window.last
        values[f"due{place}"] = Money(sum(window.mrr.values()), ahead.currency)
    return Sentence("{finding}. By {last0}: {due0}, then by {last1}: {due1}, by {last2}: {due2}.", values)
