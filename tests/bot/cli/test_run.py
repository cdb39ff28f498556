from tests.bot.cli.conftest import Latido


def test_without_tokens_it_says_which_and_where_they_are(latido: Latido) -> None:
    said = latido("run")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("latido run: SLACK_BOT_TOKEN is missing. Where to find it: xoxb-")
