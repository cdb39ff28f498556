from bot.playground.double.faults import RateLimited
from bot.playground.double.pacing import Pacing
from tests.bot.playground.clock import Clock


def test_a_method_may_be_called_as_often_a_minute_as_its_tier_says(clock: Clock) -> None:
    pacing = Pacing(clock)
    assert [pacing.check("users.list", "") for _ in range(20)] == [None] * 20
    clock.pass_by(seconds=45)
    assert pacing.check("users.list", "") == RateLimited(retry_after=15)
    assert pacing.check("users.info", "") is None
    clock.pass_by(seconds=15)
    assert pacing.check("users.list", "") is None


def test_what_has_no_tier_has_no_limit(clock: Clock) -> None:
    pacing = Pacing(clock)
    assert {pacing.check("auth.test", "") for _ in range(500)} == {None}
    assert pacing.check("nobody.knows", "") is None
