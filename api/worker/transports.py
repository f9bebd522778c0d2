"""Handing one notice to whoever takes it: a mail server, or a web address.

What comes back is an outcome and at most three figures. What a server says beside them may quote
whom the notice is for, and goes nowhere.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import aiosmtplib
import httpx
from standardwebhooks import Webhook

from api.worker.book import Recipient
from api.worker.rendering import message, payload
from api.worker.settings import WorkerSettings
from graph.errors import UsageError
from graph.secret_files import secret_in
from graph.vocabulary.notices import AttemptOutcome

_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of handing a notice over."""

    outcome: AttemptOutcome
    code: int | None = None


_NOT_NOW = Reply(AttemptOutcome.NOT_NOW)
_TAKEN = Reply(AttemptOutcome.TAKEN, 250)


class Secrets:
    """What a worker proves itself with and trusts, read once, when it starts.

    Raises:
        UsageError: a file cannot be read, or is for everybody's eyes.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self.smtp_password = (
            secret_in("SPONSORGRAPH_WORKER_SMTP_PASSWORD_FILE", settings.smtp_password_file)
            if settings.smtp_password_file
            else None
        )
        self.trusting = _trusting(settings.smtp_ca_file)


def _trusting(authorities: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authorities)
    except (OSError, ssl.SSLError):
        raise UsageError(
            f"SPONSORGRAPH_WORKER_SMTP_CA_FILE names {authorities}, which holds no certificates"
            " that can be read: give them in PEM."
        ) from None


class MailLine:
    """A connection to the mail server, made when it is first needed and again when it broke."""

    def __init__(self, settings: WorkerSettings, secrets: Secrets, sender: str) -> None:
        self._settings = settings
        self._sender = sender
        password = secrets.smtp_password
        self._client = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=password.get_secret_value() if password else None,
            # What this machine is called at home is nobody's business.
            local_hostname=sender.rpartition("@")[2],
            timeout=settings.seconds_to_send / 3,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            tls_context=None if settings.smtp_security == "plain" else secrets.trusting,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client.is_connected:
            try:
                await self._client.quit()
            except (aiosmtplib.SMTPException, OSError):
                self._client.close()

    async def send(self, notice: Mapping[str, Any], to: str) -> Reply:
        """Hand a notice to the mail server, which then has it: `TAKEN` is its word for that."""
        mail = message(notice, self._sender, to, self._settings.look_up_at)
        try:
            if not self._client.is_connected:
                await self._client.connect()
            await self._client.sendmail(self._sender, [to], mail)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _reply(refused.recipients[0].code)
        except aiosmtplib.SMTPDataError as refused:
            return _reply(refused.code)
        except aiosmtplib.SMTPResponseException as refused:
            # As of a wrong password: it is not this notice that the server will not have.
            self._client.close()
            return Reply(AttemptOutcome.NOT_NOW, refused.code)
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()
            return _NOT_NOW
        return _TAKEN

    def close(self) -> None:
        """Break the line: what was under way on it is cut short."""
        self._client.close()


class WebLine:
    """Posts to web addresses, signed as Standard Webhooks has it; follows nobody elsewhere."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._client = httpx.AsyncClient(timeout=settings.seconds_to_send / 3, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def send(self, notice: Mapping[str, Any], to: Recipient) -> Reply:
        """Post a notice. Its `webhook-id` is the same each time: a receiver knows it again."""
        body, now = payload(notice), datetime.now(UTC)
        signed = Webhook(to.secret.get_secret_value()).sign(notice["reference"], now, body.decode())
        headers = {
            "content-type": "application/json",
            "user-agent": "sponsorgraph",
            "webhook-id": notice["reference"],
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signed,
        }
        try:
            # Its answer is not read: a code is all that is wanted of it.
            async with self._client.stream(
                "POST", to.webhook or "", content=body, headers=headers
            ) as answer:
                return _answered(answer)
        except (httpx.HTTPError, OSError):
            return _NOT_NOW


def _answered(answer: httpx.Response) -> Reply:
    if answer.is_success:
        return Reply(AttemptOutcome.TAKEN, answer.status_code)
    gone = answer.status_code == HTTPStatus.GONE
    outcome = AttemptOutcome.REFUSED if gone else AttemptOutcome.NOT_NOW
    return Reply(outcome, answer.status_code)


def _reply(code: int) -> Reply:
    permanent = code >= _PERMANENT
    return Reply(AttemptOutcome.REFUSED if permanent else AttemptOutcome.NOT_NOW, code)
