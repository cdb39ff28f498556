"""The lines of a digest that stand in its message and in its thread alike."""

from typing import Final

from commands.core.digest_calls import Call
from commands.core.request import Translator
from commands.ui.cards.paragraphs import Line, line, strong
from commands.ui.cards.topic_card import cut_short
from commands.ui.cards.words import SEVERITY_SIGNS, short
from metrics.rules import all_rules
from metrics.types import AccountRow, Sentence, Value
from storage.queries.comments import Comment

COMMENT_MOST: Final = 180
"""Letters of what a customer wrote."""


def call_lines(call: Call, t: Translator) -> tuple[Line, Line]:
    """🔴 Acme Corp · MRR $1,200, and below it: Point of contact gone: Maria Lopez left on 5 Nov 2026."""
    rule = all_rules().get(call.rule_id)
    risk: Sentence | str = call.rule_id if rule is None else Sentence(rule.title)
    who: dict[str, Value] = {"sign": SEVERITY_SIGNS[call.severity], "account": short(call.name)}
    return (
        strong(Sentence("{sign} {account}", who), Sentence("MRR {mrr}", {"mrr": call.mrr})),
        line(Sentence("{risk}: {why}", {"risk": risk, "why": cut_short(t(call.why))})),
    )


def renewal_line(row: AccountRow) -> Line:
    """Acme Corp: due in 5 days, health 38 / 100 · MRR $1,200."""
    named = Sentence("{account}: {why}", {"account": short(row.name), "why": row.why})
    return line(named, None if row.mrr is None else Sentence("MRR {mrr}", {"mrr": row.mrr}))


def quote_line(comment: Comment) -> Line:
    """“Too slow.” (Acme Corp, NPS 3)."""
    text = comment.text
    cut = text if len(text) <= COMMENT_MOST else text[: COMMENT_MOST - 1].rstrip() + "…"
    values: dict[str, Value] = {"comment": cut, "account": short(comment.account), "score": comment.score}
    match comment.kind:
        case "nps":
            return line(Sentence("“{comment}” ({account}, NPS {score})", values))
        case "csat":
            return line(Sentence("“{comment}” ({account}, CSAT {score})", values))
    return line(Sentence("“{comment}” ({account}, CES {score})", values))
