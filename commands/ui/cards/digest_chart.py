"""The one picture of a digest: MRR over the last thirteen weeks, with what each of them brought and took."""

from datetime import timedelta
from fractions import Fraction

from commands.core.digest_question import Digest
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.words import book_name
from metrics.money import minor_digits
from metrics.types import Money, RevenueFacts, Sentence, Value


def digest_chart(one: Digest, t: Translator) -> Chart | None:
    """The picture; None where nobody has ever paid anything."""
    if one.empty:
        return None
    about: dict[str, Value] = {"accounts": book_name(one.book), "currency": one.currency}
    title = t(_finding(one, t))
    data = {
        "weeks": [_last_day(week) for week in one.weeks],
        "mrr": [week.closing for week in one.weeks],
        "gains": [week.new + week.reactivation + week.expansion for week in one.weeks],
        "losses": [week.contraction + week.churn for week in one.weeks],
        "currency": one.currency,
        "decimals": minor_digits(one.currency),
        "locale": t.locale,
        "labels": {
            "line": t(Sentence("MRR at the end of each week, {accounts}, in {currency}", about)),
            "bars": t("What each week brought and took"),
            "gains": t("brought"),
            "losses": t("took"),
        },
    }
    return Chart("mrr_weeks", title, t(_alt(one, title)), data)


def _last_day(week: RevenueFacts) -> str:
    return (week.end - timedelta(days=1)).isoformat()


def _finding(one: Digest, t: Translator) -> Sentence:
    """Where the line came from and where it is."""
    first, last = one.weeks[0].closing, one.weeks[-1].closing
    values: dict[str, Value] = {"mrr": Money(last, one.currency), "count": len(one.weeks) - 1}
    if first == last or first <= 0:
        return Sentence("MRR at {mrr}", values)
    change = Fraction(last - first, first)
    values["change"] = formats.percent(abs(change), t.locale)
    if change > 0:
        return Sentence("MRR up {change} in {count} weeks, to {mrr}", values)
    return Sentence("MRR down {change} in {count} weeks, to {mrr}", values)


def _alt(one: Digest, title: str) -> Sentence:
    closings = [week.closing for week in one.weeks]
    values: dict[str, Value] = {
        "finding": title,
        "low": Money(min(closings), one.currency),
        "high": Money(max(closings), one.currency),
    }
    return Sentence("{finding}. Thirteen weeks: lowest {low}, highest {high}.", values)
