from dataclasses import replace
from pathlib import Path

import pytest

from commands.core.errors import BadRegistration, NotUnderstood
from commands.core.registry import Registry, all_commands, check_prefix, registry_of, shown
from commands.core.reply import Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import ASK, Action, Command, View
from storage.session import Session

FROZEN = Path(__file__).parents[2] / "golden" / "ids.txt"


def answer(request: Request, _db: Session) -> Reply:
    return Reply(request.text)


def action(name: str) -> Action:
    return Action(name, answer, Role.MEMBER, Place.INTERNAL)


def command(name: str, *, own_name: bool = True) -> Command:
    return Command(name, "<x>", "Does x", answer, Role.MEMBER, Place.INTERNAL, own_name=own_name)


LATIDO, HEALTH, EXPORT = command("latido"), command("health"), command("export", own_name=False)
SOME = registry_of([EXPORT, replace(HEALTH, actions=(action("health.open"),)), LATIDO])


@pytest.mark.parametrize(
    ("slash", "text", "prefix", "expected"),
    [
        ("/health", " acme ", "", ("health", "acme")),
        ("/cs-health", "acme", "cs-", ("health", "acme")),
        ("/health", "acme", "cs-", ("health", "acme")),
        ("/latido", "health acme corp", "", ("health", "acme corp")),
        ("/cs-latido", "Health acme", "cs-", ("health", "acme")),
        ("/latido", "/health acme", "", ("health", "acme")),
        ("/latido", "export", "", ("export", "")),
        ("/latido", "", "", ("latido", "")),
        ("/latido", "helth acme", "", ("latido", "helth acme")),
    ],
)
def test_a_typed_command_is_found(slash: str, text: str, prefix: str, expected: tuple[str, str]) -> None:
    found, rest = SOME.resolve(slash, text, prefix)
    assert (found.id, rest) == expected


def test_a_whole_line_is_found() -> None:
    found, rest = SOME.resolve_text("/health acme corp")
    assert (found.id, rest) == ("health", "acme corp")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(NotUnderstood) as refused:
        SOME.resolve_text("/helth acme")
    assert refused.value.suggestions == ("/health acme",)


@pytest.mark.parametrize("typed", ["", "/", "   ", "/zzzzzzz"])
def test_a_name_like_no_other_gets_no_suggestion(typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        SOME.resolve_text(typed)
    assert refused.value.suggestions == ()


def test_what_is_shown_is_understood() -> None:
    for each in (HEALTH, EXPORT):
        assert SOME.resolve_text(shown(each, "acme", "cs-"), "cs-") == (SOME.commands[each.id], "acme")


def test_a_repeated_button_is_the_same_action() -> None:
    assert SOME.action("health.open#3") is SOME.action("health.open")
    assert SOME.action("health.gone") is None


def test_only_some_commands_have_a_name_of_their_own() -> None:
    assert [each.id for each in SOME.own_names()] == ["health", "latido"]


@pytest.mark.parametrize(
    ("declared", "named"),
    [
        ([replace(HEALTH, least_role=3)], "health"),  # type: ignore[arg-type]
        ([replace(HEALTH, place="internal")], "health"),  # type: ignore[arg-type]
        ([replace(HEALTH, actions=(replace(action("health.x"), least_role=None),))], r"health\.x"),  # type: ignore[arg-type]
        ([replace(HEALTH, views=(View("health.x", answer, Role.MEMBER, None),))], r"health\.x"),  # type: ignore[arg-type]
        ([replace(HEALTH, actions=(action("churn.x"),))], r"churn\.x"),
        ([replace(HEALTH, actions=(action("health.X y"),))], "small letters"),
        ([replace(HEALTH, actions=(action("health.x"), action("health.x")))], "taken"),
        ([HEALTH, HEALTH], "taken"),
        ([replace(HEALTH, id="Health")], "Health"),
        ([replace(HEALTH, id="h" * 32)], "32"),
        ([replace(HEALTH, summary="")], "summary"),
        ([replace(HEALTH, summary="x" * 2001)], "summary"),
        ([replace(HEALTH, usage="x" * 1001)], "usage"),
        ([command(f"c{n}") for n in range(51)], "51"),
    ],
)
def test_a_wrong_declaration_is_named(declared: list[Command], named: str) -> None:
    with pytest.raises(BadRegistration, match=named):
        registry_of(declared)


@pytest.mark.parametrize("prefix", ["CS", "a b", "x" * 30])
def test_a_prefix_that_slack_refuses_is_refused(prefix: str) -> None:
    with pytest.raises(BadRegistration):
        check_prefix([HEALTH], prefix)


def ids_of(registry: Registry) -> set[str]:
    return {
        ASK,
        *(f"/{each}" for each in registry.commands),
        *registry.actions,
        *(f"view {each}" for each in registry.views),
    }


def test_no_id_that_slack_or_people_have_seen_ever_vanishes() -> None:
    """A new id goes into tests/golden/ids.txt, one a line; none ever leaves."""
    assert ids_of(all_commands()) == set(FROZEN.read_text(encoding="utf-8").split("\n")) - {""}
