"""What Slack's reference says about the Web API methods the double knows.

A method's first line: its name, its rate-limit tier, and the bot scopes any one of which is enough (none: it needs
none). Indented under it: its arguments, those that must be there with an exclamation mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

TABLE = """
api.test | t4 |
    error
auth.test | t5 |
apps.connections.open | t3 |
bots.info | t3 | users:read
    bot team_id
chat.postMessage | t5 | chat:write
    as_user attachments blocks channel! current_draft_last_updated_ts icon_emoji icon_url link_names
    markdown_text metadata mrkdwn parse reply_broadcast text thread_ts unfurl_links unfurl_media username
chat.update | t3 | chat:write
    as_user attachments blocks channel! file_ids link_names markdown_text metadata parse reply_broadcast text
    ts! unfurled_attachments
chat.delete | t3 | chat:write
    as_user channel! ts!
chat.postEphemeral | t4 | chat:write
    as_user attachments blocks channel! icon_emoji icon_url link_names markdown_text metadata parse text
    thread_ts user! username
chat.getPermalink | t5 |
    channel! message_ts!
conversations.info | t3 | groups:read im:read mpim:read channels:read
    channel! include_locale include_num_members
conversations.list | t2 | groups:read im:read mpim:read channels:read
    cursor exclude_archived limit team_id types
conversations.open | t3 | channels:manage groups:write im:write mpim:write
    channel prevent_creation return_im users
conversations.history | t3 | groups:history im:history mpim:history channels:history
    channel! cursor include_all_metadata inclusive latest limit oldest
conversations.replies | t3 | groups:history im:history mpim:history channels:history
    channel! cursor include_all_metadata inclusive latest limit oldest ts!
conversations.members | t4 | groups:read im:read mpim:read channels:read
    channel! cursor limit
users.info | t4 | users:read
    include_locale user!
users.list | t2 | users:read
    cursor include_locale limit team_id
users.lookupByEmail | t3 | users:read.email
    email!
usergroups.users.list | t2 | usergroups:read
    include_disabled team_id usergroup!
views.open | t4 |
    interactivity_pointer trigger_id view!
views.update | t4 |
    external_id hash view! view_id
views.push | t4 |
    interactivity_pointer trigger_id view!
views.publish | t4 |
    hash interactivity_pointer user_id! view!
files.getUploadURLExternal | t4 | files:write
    alt_txt filename! length! snippet_type
files.completeUploadExternal | t4 | files:write
    blocks channel_id channels files! icon_emoji icon_url initial_comment thread_ts username
files.info | t4 | files:read
    count cursor file! limit page
files.delete | t3 | files:write
    file!
reactions.add | t3 | reactions:write
    channel! name! timestamp!
"""

TIERS = {"t1": 1, "t2": 20, "t3": 50, "t4": 100}
"""Calls a minute that Slack grants at least; t5 is a method's own rule."""


@dataclass(frozen=True, slots=True)
class Method:
    """The rules of one Web API method."""

    name: str
    tier: str
    scopes: tuple[str, ...]
    args: frozenset[str]
    required: tuple[str, ...]


def _method(heading: str, words: list[str]) -> Method:
    name, tier, scopes = (part.strip() for part in heading.split("|"))
    return Method(
        name=name,
        tier=tier,
        scopes=tuple(scopes.split()),
        args=frozenset(word.removesuffix("!") for word in words),
        required=tuple(word.removesuffix("!") for word in words if word.endswith("!")),
    )


def _methods(table: str) -> Iterator[Method]:
    words: list[str] = []
    for line in reversed(table.strip().splitlines()):
        if line.startswith(" "):
            words = [*line.split(), *words]
        else:
            yield _method(line, words)
            words = []


METHODS = {method.name: method for method in _methods(TABLE)}
"""The rules by method name."""
