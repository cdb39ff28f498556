"""Advocacy: what customers did for the company in public."""

from metrics.facts import AdvocacyTotals
from metrics.types import Better, Figure, Metric, Term, Unit, msg

_KINDS = {
    "referrals": "referral",
    "reviews": "review",
    "case_studies": "case_study",
    "references": "reference",
    "talks": "talk",
}


def advocacy(facts: AdvocacyTotals) -> Figure:
    """Entries of all kinds together.

    >>> advocacy(AdvocacyTotals({"referral": 3, "review": 2})).value
    5
    """
    inputs = {name: facts.by_kind.get(kind, 0) for name, kind in _KINDS.items()}
    return Figure(sum(inputs.values()), inputs)


METRIC = Metric(
    id="advocacy",
    title=msg("Advocacy"),
    definition=msg(
        "What customers did for us in the period: referrals, reviews, case studies, references and talks, each counted "
        "once."
    ),
    formula=msg("{referrals} + {reviews} + {case_studies} + {references} + {talks}"),
    terms={
        "referrals": Term(msg("referrals"), Unit.COUNT),
        "reviews": Term(msg("reviews"), Unit.COUNT),
        "case_studies": Term(msg("case studies"), Unit.COUNT),
        "references": Term(msg("references"), Unit.COUNT),
        "talks": Term(msg("talks"), Unit.COUNT),
    },
    unit=Unit.COUNT,
    better=Better.UP,
    source=msg("Our own choice: all of them weigh the same; how many of each there were stands beside."),
    facts=AdvocacyTotals,
    measure=advocacy,
)
