"""Campaign silence: the account used to open what it is sent and has stopped."""

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A notice where nothing of 90 days was opened and something was before; a warning once many were sent.

    None without campaigns, for too few of them, and for an account that never opened any.
    """
    mail = facts.account.campaigns
    if mail is None or mail.sent_90 < dials["least_sent"] or mail.opened_90 or not mail.opened_before:
        return None
    why = plural(
        "None of {count} campaign in 90 days was opened; {before} in the nine months before were, the last on {day}",
        "None of {count} campaigns in 90 days was opened; {before} in the nine months before were, the last on {day}",
        mail.sent_90,
        before=mail.opened_before,
        day=mail.last_opened_on,
    )
    severity = Severity.WARNING if mail.sent_90 >= dials["warning_sent"] else Severity.NOTICE
    return Finding(severity, why, mail.last_opened_on)


RULE = Rule(
    id="campaign_silence",
    title=msg("Campaigns are no longer opened"),
    advice=msg("Check that the addresses still reach somebody, and ask what they would like to hear about instead."),
    check=check,
    dials={
        "least_sent": Dial(msg("Least campaigns sent in 90 days"), 2, DialUnit.COUNT, 1, 90),
        "warning_sent": Dial(msg("A warning from so many campaigns on"), 6, DialUnit.COUNT, 1, 90),
    },
    feeds=("campaigns",),
)
