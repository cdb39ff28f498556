"""Targets of a CSM, and of the team where the CSM has none."""

from fractions import Fraction

from storage.queries.targets import Target, targets_of
from storage.session import Session
from tests.storage.queries.rows import add


def test_a_csms_own_target_goes_before_the_teams(db: Session) -> None:
    for csm, metric, period, number in (
        ("ana@x.test", "nrr", "2026-10", "1.05"),
        ("team", "nrr", "2026-10", "1.02"),
        ("team", "logo_churn", "2026-10", "0.02"),
        ("bo@x.test", "grr", "2026-10", "0.9"),
        ("ana@x.test", "nrr", "2026-11", "1.10"),
    ):
        add(db, "target", csm_email=csm, metric=metric, period=period, target=number)
    assert targets_of(db, "2026-10", "ana@x.test") == (
        Target("logo_churn", Fraction(2, 100), of_team=True),
        Target("nrr", Fraction(105, 100), of_team=False),
    )
    assert [one.metric for one in targets_of(db, "2026-10", None)] == ["logo_churn", "nrr"]
    assert targets_of(db, "2026-Q4", "ana@x.test") == ()
