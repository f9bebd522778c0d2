"""A real mail server for tests, on a port of its own, that keeps what it takes and obeys."""

import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Mail:
    to: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])


class Server:
    """What it took, in its order; `says` is what it answers to each mail from now on."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.says = "250 OK"
        self.of_recipients = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's word
        self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any
    ) -> str:
        if self.of_recipients.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.of_recipients

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.says.startswith("250"):
            self.mails.append(Mail(list(envelope.rcpt_tos), envelope.original_content))
        return self.says

    @property
    def copies(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(mail.id for mail in self.mails)


@contextmanager
def mail_server(port: int = 0, **options: Any) -> Iterator[Server]:
    """`options` are aiosmtpd's own: STARTTLS and the like."""
    if port == 0:
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
    handler = Server()
    handler.port = port
    running = Controller(handler, hostname=HOST, port=port, **options)
    running.start()
    try:
        yield handler
    finally:
        running.stop()


def guarded(context: ssl.SSLContext, user: str, password: str) -> dict[str, Any]:
    """Options of a server that wants STARTTLS and then who it is."""

    def knows(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        known = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    return {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": knows,
    }
