"""Campaign silence: the account used to open what it is sent and has stopped."""

from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural

LEAST_SENT = 2
"""One campaign that nobody opened is no silence."""

WARNING_SENT = 6
"""So many in 90 days, one every two weeks, are hard to overlook."""


def check(facts: RiskFacts) -> Finding | None:
    """A notice where nothing of 90 days was opened and something was before; a warning once six were sent.

    None without campaigns, for fewer than two of them, and for an account that never opened any.
    """
    mail = facts.account.campaigns
    if mail is None or mail.sent_90 < LEAST_SENT or mail.opened_90 or not mail.opened_before:
        return None
    why = plural(
        "None of {count} campaign in 90 days was opened; {before} in the nine months before were, the last on {day}",
        "None of {count} campaigns in 90 days was opened; {before} in the nine months before were, the last on {day}",
        mail.sent_90,
        before=mail.opened_before,
        day=mail.last_opened_on,
    )
    return Finding(Severity.WARNING if mail.sent_90 >= WARNING_SENT else Severity.NOTICE, why, mail.last_opened_on)


RULE = Rule(
    id="campaign_silence",
    title=msg("Campaigns are no longer opened"),
    advice=msg("Check that the addresses still reach somebody, and ask what they would like to hear about instead."),
    check=check,
)
