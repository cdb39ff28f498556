"""What late data has made of what the digest before told."""

from collections.abc import Iterator
from typing import Final

from commands.core.digest_question import Digest
from commands.core.digest_told import Restated
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.paragraphs import Paragraph, line, strong
from commands.ui.cards.words import period_name
from metrics.stretches import Rhythm
from metrics.types import Sentence, Value, msg, plural

_AMOUNTS: Final = {
    "mrr": msg("MRR at its end is now {now} (was {was})"),
    "new_mrr": msg("New MRR is now {now} (was {was})"),
}


def corrected(one: Digest, t: Translator) -> Paragraph:
    """What late data has made of what the last digest told."""
    if one.restated is None:
        return ()
    period = {"period": period_name(one.restated.now.period, t)}
    title = Sentence("Last week ({period}) has changed since I told you", period)
    told_last_week = one.restated.now.period == one.stretch.before  # not before a pause
    if one.stretch.rhythm is not Rhythm.WEEKLY or not told_last_week:
        title = Sentence("{period} has changed since I told you", period)
    differences = [line(said) for said in _differences(one.restated, one.currency, t)]
    return (strong(title), *differences) if differences else ()


def _differences(restated: Restated, currency: str, t: Translator) -> Iterator[Sentence]:
    was, now = restated.was, restated.now
    churn = {name: formats.percent(of.figures["mrr_churn"], t.locale) for name, of in (("now", now), ("was", was))}
    if churn["now"] != churn["was"] or restated.lost_late:
        values: dict[str, Value] = {**churn, "why": _why_churn(restated.lost_late)}
        yield Sentence("Churn is now {now} (was {was}): {why}", values)
    for figure, said in _AMOUNTS.items():
        sides = (("now", now), ("was", was))
        amounts = {name: formats.money(of.figures[figure], currency, t.locale) for name, of in sides}
        if amounts["now"] != amounts["was"]:
            yield Sentence(said, amounts)
    if was.nps != now.nps or restated.answers_late:
        scores: dict[str, Value] = {
            "now": formats.signed_number(now.nps, t.locale),
            "was": formats.signed_number(was.nps, t.locale),
        }
        late = restated.answers_late
        if late > 0:
            yield plural(
                "NPS is now {now} (was {was}): {count} answer came in late",
                "NPS is now {now} (was {was}): {count} answers came in late",
                late,
                **scores,
            )
        else:
            yield Sentence("NPS is now {now} (was {was}): answers were corrected", scores)


def _why_churn(late: int) -> Sentence:
    if late > 0:
        return plural("{count} cancellation came in late", "{count} cancellations came in late", late)
    if late < 0:
        return plural("{count} cancellation was taken back", "{count} cancellations were taken back", -late)
    return Sentence("amounts were corrected")
