import pytest

from bot.mentions import plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acme", "acme"),
        ("csm:<@U1|ana>", "csm:@ana@us.example"),
        ("<@U1>", "@ana@us.example"),
        ("<@U2|bo>", "@bo"),
        ("<@U2>", "@U2"),
        ("<#C1|sales>", "#sales"),
        ("<#C1>", "#C1"),
        ("<mailto:bo@acme.example|bo@acme.example>", "bo@acme.example"),
        ("<http://acme.example|acme.example>", "acme.example"),
        ("<https://acme.example>", "https://acme.example"),
        ("R&amp;D &lt;3 &amp;lt;", "R&D <3 &lt;"),
    ],
)
def test_markup_becomes_what_was_typed(typed: str, meant: str) -> None:
    assert plain(typed, {"U1": "ana@us.example"}.get) == meant
