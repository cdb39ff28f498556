"""users.*, usergroups.* and bots.*: who is who."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.double.conversations import share_a_channel
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Json
from bot.playground.double.state import State
from bot.playground.double.web_api.asked import Asked, Method, page_of
from bot.playground.double.world import User


def info(asked: Asked) -> Json:
    """One person, if the bot can see them at all."""
    user = asked.state.users.get(asked.text("user"))
    if user is None or not _visible(asked.state, user):
        raise Refusal("user_not_found")
    return {"ok": True, "user": user_json(asked.state, user, locale=asked.flag("include_locale"))}


def everybody(asked: Asked) -> Json:
    """The people of the workspace, deactivated ones and the bot included; outsiders are not among them."""
    inside = [user for user in asked.state.users.values() if not asked.state.is_outsider(user)]
    shown, metadata = page_of(asked, inside)
    members = [user_json(asked.state, user, locale=asked.flag("include_locale")) for user in shown]
    return {"ok": True, "members": members, "response_metadata": metadata}


def lookup_by_email(asked: Asked) -> Json:
    """The active person with this address."""
    wanted = asked.text("email").lower()
    for user in asked.state.users.values():
        if user.email and user.email.lower() == wanted and not user.deleted and _visible(asked.state, user):
            return {"ok": True, "user": user_json(asked.state, user)}
    raise Refusal("users_not_found")


def usergroup_users(asked: Asked) -> Json:
    """The people in a user group."""
    group = asked.state.world.usergroups.get(asked.text("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"ok": True, "users": list(group)}


def bot_info(asked: Asked) -> Json:
    """The bot itself."""
    if asked.text("bot") not in {"", asked.state.app.bot_id}:
        raise Refusal("bot_not_found")
    bot = asked.state.bot
    about = {"id": asked.state.app.bot_id, "app_id": asked.state.app.id, "user_id": bot.id, "name": bot.name}
    return {"ok": True, "bot": {**about, "deleted": False}}


def user_json(state: State, user: User, *, locale: bool = False) -> Json:
    """A person as users.info shows them."""
    profile: Json = {"real_name": user.shown_name, "display_name": user.name, "team": state.team_of(user)}
    if "users:read.email" in state.app.scopes and user.email:
        profile["email"] = user.email
    shown: Json = {
        "id": user.id,
        "team_id": state.team_of(user),
        "name": user.name,
        "real_name": user.shown_name,
        "deleted": user.deleted,
        "color": user.color,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_stranger": state.is_outsider(user) and not share_a_channel(state, user.id),
    }
    if not user.deleted:
        offset = ZoneInfo(user.tz).utcoffset(_naive(state.clock()))
        shown |= {"tz": user.tz, "tz_offset": int(offset.total_seconds()) if offset else 0}
        shown |= {"is_admin": user.is_admin, "is_owner": False, "is_restricted": user.is_restricted}
        shown |= {"is_ultra_restricted": user.is_ultra_restricted}
    if user.updated:
        shown["updated"] = user.updated
    if locale:
        shown["locale"] = user.locale
    return shown


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _visible(state: State, user: User) -> bool:
    return not state.is_outsider(user) or share_a_channel(state, user.id)


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": everybody,
    "users.lookupByEmail": lookup_by_email,
    "usergroups.users.list": usergroup_users,
    "bots.info": bot_info,
}
