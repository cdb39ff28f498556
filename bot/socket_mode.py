"""Socket Mode: Slack's requests through a connection that the bot opens, so that it needs no public address."""

import logging

from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.build import Bot
from bot.settings import SettingsError, description
from bot.slack_client import code_of

logger = logging.getLogger(__name__)

TOKEN_FAULTS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""What Slack says when it is the token that is wrong."""


class Connection:
    """The connection to Slack; it reconnects by itself."""

    def __init__(self, bot: Bot) -> None:
        """Nothing is opened yet."""
        token = "" if bot.settings.app_token is None else bot.settings.app_token.get_secret_value()
        self._handler = SocketModeHandler(
            bot.app,
            app_token=token,
            logger=logger,
            web_client=WebClient(base_url=bot.settings.slack_api_url),
        )

    def open(self) -> None:
        """Connect; a connection lost later is opened again by itself. SettingsError says why there is none."""
        try:
            self._handler.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            if code_of(error) not in TOKEN_FAULTS:
                raise SettingsError(f"Slack does not open a connection ({code_of(error)}); try again later.") from error
            raise SettingsError(
                f"Slack refuses SLACK_APP_TOKEN ({code_of(error)}). Where to find it: {description('SLACK_APP_TOKEN')}"
            ) from error
        except OSError as error:
            raise SettingsError(f"Slack cannot be reached: {error}") from error

    def is_connected(self) -> bool:
        """Whether requests arrive at this moment."""
        return bool(self._handler.client.is_connected())

    def close(self) -> None:
        """Disconnect."""
        self._handler.close()  # type: ignore[no-untyped-call]
