from bot import __version__
from bot.cli import verb_names
from tests.bot.cli.conftest import Latido


def test_without_a_verb_the_verbs_are_listed(latido: Latido) -> None:
    said = latido()
    assert said.code == 2
    assert "required: VERB" in said.err


def test_help_says_what_every_verb_does(latido: Latido) -> None:
    said = latido("--help")
    assert said.code == 0
    for verb in verb_names():
        assert f"    {verb} " in said.out


def test_an_unknown_verb_is_refused_with_those_that_exist(latido: Latido) -> None:
    said = latido("improt", "accounts.csv")
    assert said.code == 2
    assert "invalid choice: 'improt'" in said.err
    assert "import" in said.err


def test_the_version_is_the_packages(latido: Latido) -> None:
    assert latido("--version").out == f"latido {__version__}\n"


def test_every_verb_has_help(latido: Latido) -> None:
    for verb in verb_names():
        said = latido(verb, "--help")
        assert said.code == 0
        assert said.out.startswith(f"usage: latido {verb}")
