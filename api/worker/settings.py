"""How a worker sends, how often it tries, and whom it knows; from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from graph.errors import UsageError
from graph.line import is_loopback
from graph.vocabulary.notices import LOCAL_TARGET, NoticeKind

_PREFIX = "SPONSORGRAPH_WORKER_"


class WorkerSettings(BaseSettings):
    """Each has a variable `SPONSORGRAPH_WORKER_…`."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_prefix=_PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    # Whom the names of recipients stand for: see api/worker/book.py. Without it nothing is sent.
    address_book: Path | None = None
    # The mail server that takes what is sent. `plain` is for one on this machine.
    smtp_host: str = "localhost"
    smtp_port: int = Field(587, gt=0, le=65_535)
    smtp_security: Literal["starttls", "tls", "plain"] = "starttls"
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    # Who signed the certificate of the mail server, in PEM, if no public authority did.
    smtp_ca_file: Path | None = None
    # Where people sign in to look a notice up, as https://cases.example/notices/.
    look_up_at: str | None = None

    seconds_between_looks: float = Field(0.25, gt=0)
    # A notice is one worker's for so long; it must be over before another sends the same.
    seconds_to_send: float = Field(30.0, gt=0)
    most_at_once: int = Field(200, gt=0, le=1_000)
    # Each keeps a connection to the mail server.
    most_connections: int = Field(8, gt=0, le=100)
    # After the first failure it waits so long, after each further twice as long, up to the longest,
    # with a part drawn by lot. With these 12 tries a server may be away for about a day.
    most_tries: int = Field(12, gt=0)
    seconds_to_first_retry: float = Field(60.0, gt=0)
    longest_seconds_to_retry: float = Field(4 * 3_600.0, gt=0)
    # Local targets, not law: no number of days is in the documents. None is never escalated.
    hours_to_acknowledge: dict[NoticeKind, float | None] = {
        kind: target.total_seconds() / 3_600 for kind, target in LOCAL_TARGET.items()
    }

    @property
    def lease(self) -> timedelta:
        """Longer than sending may take: what waits for its turn in a batch is still ours."""
        return timedelta(seconds=4 * self.seconds_to_send)

    def acknowledged_within(self, kind: NoticeKind) -> timedelta | None:
        """The local target of a kind; None where none is hoped for."""
        hours = self.hours_to_acknowledge.get(kind)
        return None if hours is None else timedelta(hours=hours)


def worker_settings() -> WorkerSettings:
    """The settings as the environment has them.

    Raises:
        UsageError: a variable holds what it cannot hold, or a password would be sent for all to
            read; the sentence names the variable, not its value.
    """
    try:
        settings = WorkerSettings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        raise UsageError(
            f"{_PREFIX}{str(first['loc'][0]).upper()} cannot be read: {first['msg']}."
        ) from None
    except SettingsError:
        raise UsageError(f"One of the variables {_PREFIX}… is not the JSON it must be.") from None
    if settings.smtp_security == "plain" and not is_loopback(settings.smtp_host):
        raise UsageError(
            f"{_PREFIX}SMTP_SECURITY is plain, and {_PREFIX}SMTP_HOST is another machine: use"
            " starttls or tls."
        )
    if (settings.smtp_user is None) != (settings.smtp_password_file is None):
        raise UsageError(
            f"Set both {_PREFIX}SMTP_USER and {_PREFIX}SMTP_PASSWORD_FILE, or neither."
        )
    return settings
