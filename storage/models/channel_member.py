"""channel_member: who from outside was seen in which shared channel, to be known by their address and missed there."""

from sqlmodel import Field

from storage.models.base import Table


class ChannelMember(Table, table=True):
    """One Slack user and a channel in which Slack has listed them."""

    __tablename__ = "channel_member"
    __table_args__ = ({"sqlite_with_rowid": False},)

    channel_id: str = Field(max_length=32, primary_key=True)
    user_id: str = Field(max_length=32, primary_key=True)
