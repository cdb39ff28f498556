"""Blocks of every kind the page draws."""

from typing import Any

Json = dict[str, Any]


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, value: str = "", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value or action_id, **more}


def option(text: str, value: str, description: str | None = None) -> Json:
    return {"text": plain(text), "value": value, **({"description": plain(description)} if description else {})}


def input_block(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id, **element},
        **more,
    }


SEGMENTS = [
    option("Enterprise", "enterprise", "More than 1,000 seats"),
    option("Mid-market", "mid"),
    option("Small business", "small"),
]

DELETE = {
    "title": plain("Mark as lost?"),
    "text": mrkdwn("*Acme Corp* leaves the book; you can undo it."),
    "confirm": plain("Mark as lost"),
    "deny": plain("Keep"),
    "style": "danger",
}


def health_card(file_id: str) -> list[Json]:
    """A health card with its chart."""
    chart = {
        "type": "image",
        "title": plain("Health rose for three months"),
        "slack_file": {"id": file_id},
        "alt_text": "Score from 61 to 72",
    }
    return [*HEALTH_FACTS, chart, *HEALTH_FOOT]


HEALTH_FACTS: list[Json] = [
    {"type": "header", "text": plain("Acme Corp · 72 / 100")},
    section(
        ":large_green_circle: *good* · ▲ 5 in 30 days. Use is up, but <@U0MARTA> left a *detractor* answer"
        " open since <!date^1795219200^{date_short}|21 Nov>."
    ),
    {
        "type": "section",
        "fields": [
            mrkdwn("*MRR*\n$12,400 (▲ 4.2 %)"),
            mrkdwn("*Renewal*\n14 Mar 2027, in 111 days"),
            mrkdwn("*Product use*\n26 of 30 · 41 active people"),
            mrkdwn("*Adoption*\n17 of 20 · 6 of 7 features"),
            mrkdwn("*Relationship*\n11 of 20 · champion left"),
            mrkdwn("*CSM*\n<@U0ANA>"),
        ],
    },
]

HEALTH_FOOT: list[Json] = [
    {
        "type": "context",
        "elements": [mrkdwn("As of 23 Nov 2026 · usage until 21 Nov · 94 % of accounts have usage data")],
    },
    {
        "type": "actions",
        "block_id": "card",
        "elements": [
            button("How is this computed?", "health.why", "acme"),
            button("Share here", "health.share", "acme", style="primary"),
            button("Mark as lost", "health.lost", "acme", style="danger", confirm=DELETE),
            {
                "type": "overflow",
                "action_id": "health.more",
                "options": [option("Open the account", "open"), option("Export as CSV", "csv")],
            },
        ],
    },
]

TEXTS = "\n".join(
    [
        "*bold* _italic_ ~struck~ `code <b>` and *_both_*, snake_case_stays and 2*3*4",
        "&lt;not a tag&gt; &amp;amp; <https://example.org/a?b=1&amp;c=2|a link> https://example.org/bare.",
        "<#C0CS> <@U0ANA> <!here> :white_check_mark: :warning: :no_such_emoji: 🟡",
        "• first point",
        "• second *point*",
        "1. numbered",
        "&gt; quoted _words_",
        "&gt; on two lines",
        "```\nlet x = 1 < 2;\n  indented *not bold*\n```",
        "after",
    ]
)

RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Rich ", "style": {"bold": True}},
                {"type": "user", "user_id": "U0OLGA"},
                {"type": "emoji", "name": "tada"},
                {"type": "link", "url": "https://example.org", "text": "site"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two", "style": {"code": True}}]},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a < b"}]},
    ],
}

TABLE: Json = {
    "type": "table",
    "column_settings": [{"is_wrapped": True}, {"align": "right"}, {"align": "right"}],
    "rows": [
        [
            {"type": "raw_text", "text": "Account"},
            {"type": "raw_text", "text": "MRR"},
            {"type": "raw_text", "text": "Change"},
        ],
        [
            {"type": "raw_text", "text": "Acme Corp"},
            {"type": "raw_text", "text": "$12,400"},
            {"type": "raw_text", "text": "▲ $500"},
        ],
        [
            {"type": "raw_text", "text": "Globex"},
            {"type": "raw_text", "text": "$9,100"},
            {"type": "raw_text", "text": "▼ $1,250"},
        ],
    ],
}

MENUS: list[Json] = [
    section(
        "Pick a segment",
        accessory={
            "type": "static_select",
            "action_id": "pick.segment",
            "placeholder": plain("Segment"),
            "options": SEGMENTS,
        },
    ),
    {
        "type": "actions",
        "block_id": "menus",
        "elements": [
            {"type": "users_select", "action_id": "pick.person", "placeholder": plain("Person")},
            {
                "type": "multi_static_select",
                "action_id": "pick.many",
                "placeholder": plain("Several"),
                "options": SEGMENTS,
            },
            {
                "type": "external_select",
                "action_id": "pick.account",
                "placeholder": plain("Account"),
                "min_query_length": 1,
            },
            {"type": "datepicker", "action_id": "pick.day", "initial_date": "2026-11-23"},
        ],
    },
    {
        "type": "actions",
        "elements": [
            {"type": "radio_buttons", "action_id": "pick.one", "options": SEGMENTS},
            {"type": "checkboxes", "action_id": "pick.any", "options": SEGMENTS[1:]},
        ],
    },
]

EVERY_BLOCK: list[Json] = [
    {"type": "header", "text": plain("Every kind of block :tada:")},
    section(TEXTS),
    {"type": "section", "fields": [mrkdwn("*Left*\none"), mrkdwn("*Right*\ntwo")]},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("a *context* line"), plain("and :large_green_circle: plain")]},
    RICH,
    TABLE,
    *MENUS,
    {"type": "video", "title": plain("a film")},
]

FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Log a conversation"),
    "submit": plain("Save"),
    "close": plain("Never mind"),
    "blocks": [
        section("What was said with *Acme Corp*? Your team sees it."),
        input_block(
            "subject", "Subject", {"type": "plain_text_input", "placeholder": plain("In a few words"), "max_length": 80}
        ),
        input_block(
            "notes",
            "Notes",
            {"type": "plain_text_input", "multiline": True},
            optional=True,
            hint=plain("Only your team reads this."),
        ),
        input_block("segment", "Segment", {"type": "static_select", "options": SEGMENTS}, optional=True),
        input_block(
            "mood",
            "Mood",
            {
                "type": "radio_buttons",
                "options": [option("Good", "good"), option("Bad", "bad")],
                "initial_option": option("Good", "good"),
            },
        ),
        input_block(
            "tags",
            "Tags",
            {"type": "checkboxes", "options": [option("Risk", "risk"), option("Upsell", "upsell")]},
            optional=True,
        ),
        input_block(
            "seats",
            "Seats",
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "500"},
            optional=True,
        ),
        input_block("day", "Day", {"type": "datepicker", "initial_date": "2026-11-23"}),
    ],
}

OWN = "document.title='owned'"
ATTACK = f"<img src=x onerror={OWN}><script>{OWN}</script>\"'><svg onload={OWN}>"


def attacks() -> list[Json]:
    """The attack in every place a text can stand."""
    return [
        {"type": "header", "text": plain(ATTACK)},
        section(
            f"{ATTACK} *{ATTACK}* `{ATTACK}` ```{ATTACK}``` <javascript:alert(1)|click>"
            f" <https://a.example|{ATTACK}> <@U1|{ATTACK}> <#C1|{ATTACK}> <!date^1^{{date}}|{ATTACK}> :{ATTACK}:"
        ),
        section(f"&gt; {ATTACK}\n• {ATTACK}", fields=[mrkdwn(ATTACK), plain(ATTACK)]),
        {
            "type": "context",
            "elements": [mrkdwn(ATTACK), plain(ATTACK), {"type": "image", "image_url": "data:,", "alt_text": ATTACK}],
        },
        {
            "type": "actions",
            "block_id": ATTACK,
            "elements": [
                button(ATTACK, ATTACK, ATTACK),
                {
                    "type": "static_select",
                    "action_id": "s",
                    "placeholder": plain(ATTACK),
                    "options": [option(ATTACK, ATTACK, ATTACK)],
                },
                button(ATTACK, "u", url="javascript:document.title='owned'"),
            ],
        },
        {"type": "image", "title": plain(ATTACK), "image_url": "data:,", "alt_text": ATTACK},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": ATTACK},
                        {"type": "link", "url": "javascript:document.title='owned'", "text": ATTACK},
                        {"type": "emoji", "name": ATTACK},
                    ],
                }
            ],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": ATTACK}], [{"type": "raw_text", "text": ATTACK}]]},
        {"type": ATTACK},
    ]
