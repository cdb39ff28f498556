import json
import os
from pathlib import Path

import pytest

from bot.playground.double.facts import METHODS, TIERS
from bot.playground.double.web_api.dispatch import METHODS as ANSWERED

REFERENCE = Path(__file__).parents[5] / "shared" / "data" / "slack-api.json"


def test_every_method_with_facts_is_answered_and_the_other_way_round() -> None:
    assert set(METHODS) == set(ANSWERED)


def test_the_facts_are_those_of_slacks_reference() -> None:
    if not REFERENCE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REFERENCE.name} is not there to compare with")
        pytest.skip(f"{REFERENCE.name} is not beside the project; nothing to compare with")
    reference = json.loads(REFERENCE.read_text())["methods"]
    for name, method in METHODS.items():
        known = reference[name]
        assert set(known["args"]) == method.args, name
        assert set(known["required"]) == set(method.required), name
        assert set(known["scopes"].get("bot", ())) == set(method.scopes), name
        assert known["rate_limit"] == method.tier, name


def test_every_tier_is_known() -> None:
    assert {method.tier for method in METHODS.values()} <= {*TIERS, "t5"}
