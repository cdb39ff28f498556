"""contact.slack_user_id follows: what the data say, else who in the account's channel has the contact's address."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, func, select, update

from storage.entity import Done, Values
from storage.schema import metadata

_tables = metadata().tables
_account, _contact, _other = _tables["account"], _tables["contact"], _tables["contact"].alias("other")
_member, _respondent = _tables["channel_member"].c, _tables["respondent"].c
_a, _c, _o = _account.c, _contact.c, _other.c

_PORTION: Final = 500
"""Accounts that one statement names."""
_same_address = (
    select(_o.id)
    .where(_o.account_id == _c.account_id, _o.email == _c.email, _o.id != _c.id)
    .correlate(_contact)
    .exists()
)
_found = (
    select(func.max(_respondent.user_id))
    .join_from(_account, _tables["channel_member"], _member.channel_id == _a.slack_channel_id)
    .join(_tables["respondent"], _respondent.user_id == _member.user_id)
    .where(_a.id == _c.account_id, _respondent.email == _c.email, ~_same_address)
    .having(func.count() == 1)
    .correlate(_contact)
    .scalar_subquery()
)
"""Nobody is guessed: where two have the address, in Slack or among the account's contacts, it is neither."""
_right = func.coalesce(_c.given_user_id, _found)
_settled = update(_contact).where(_c.slack_user_id.is_distinct_from(_right)).values(slack_user_id=_right)


def follow(connection: Connection, values: Values) -> Done:
    """After contacts are stored."""

    def done() -> None:
        settle(connection, set(values["account_id"]))

    return done


def settle(connection: Connection, account_ids: Collection[int]) -> int:
    """Give the contacts of these accounts the ids that are theirs; the number of contacts that have another one now."""
    ordered = sorted(account_ids)
    portions = (ordered[start : start + _PORTION] for start in range(0, len(ordered), _PORTION))
    return sum(connection.execute(_settled.where(_c.account_id.in_(some))).rowcount for some in portions)
