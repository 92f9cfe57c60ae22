"""Settings from the environment, prefix SOLARDESK_."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be configured. The defaults run without anything else installed."""

    model_config = SettingsConfigDict(env_prefix="SOLARDESK_", extra="ignore", frozen=True)

    data_dir: Path = Path("var")
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in `data_dir`."""
    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65535)
    public_url: str = ""
    """How people reach the web chat; empty: http://host:port."""
    time_zone: str = "Europe/Brussels"

    smtp_host: str = ""
    """Empty: mail is kept in the database and not sent."""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_tls: bool = False
    mail_from: str = "support@solardesk.example"

    telegram_token: str = Field(default="", repr=False)
    """From BotFather. Empty: no Telegram."""
    telegram_webhook_url: str = ""
    """The public address that Telegram posts to; empty: we ask Telegram for what is new."""
    telegram_webhook_secret: str = Field(default="", repr=False)
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_file_url: str = "https://api.telegram.org/file/bot"

    slack_bot_token: str = Field(default="", repr=False)
    """From OAuth & Permissions of the app. Empty: no Slack."""
    slack_app_token: str = Field(default="", repr=False)
    """With it Slack is reached over Socket Mode: no public address is needed."""
    slack_signing_secret: str = Field(default="", repr=False)
    """With it Slack posts to /slack/events on the web server."""
    slack_client_id: str = ""
    """With the secret: any workspace can install the app, under /slack/install."""
    slack_client_secret: str = Field(default="", repr=False)
    slack_base_url: str = "https://slack.com/api/"

    cashback_file: Path | None = None
    """The campaign of the SMA cashback, as in bot/services/cashback_sample.toml. Empty: that sample."""

    batteries_file: Path | None = None
    """How batteries go back, see README. Empty: the rules in bot/services/device_types.py."""

    portal_file: Path | None = None
    """What SMA shows of registered devices, as a CSV file that is looked at once a day. Empty: nothing."""

    log_level: str = "WARNING"

    desk_opens: str = "8:00"
    """On weekdays."""
    desk_closes: str = "17:00"
    desk_phone: str = "+32 2 555 01 00"
    desk_mail: str = "support@solardesk.example"

    def on_sample_data(self, name: str) -> Settings:
        """The same with a folder and a database of its own, which sends no mail."""
        return self.model_copy(update={"data_dir": self.data_dir / name, "database_url": "", "smtp_host": ""})

    @property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'solardesk.db'}"

    @property
    def url(self) -> str:
        """The address people open."""
        return self.public_url or f"http://{self.host}:{self.port}"
