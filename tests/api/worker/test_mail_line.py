"""What is said to the mail server is said to that server alone, and under our own name."""

import ssl
from datetime import UTC, datetime

import pytest

from api.worker.transports import MailLine, Secrets
from graph.vocabulary.notices import AttemptOutcome
from tests.api.worker.mailbox import HOST, guarded, mail_server
from tests.security.certificates import Authority

NOTICE = {
    "reference": "abcdefgh23456723", "kind": "ORR_NOTICE", "raisedAt": None,
    "rule": "ero-broadcast-2024-08/notify-orr",
}  # fmt: skip


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path / "authority")


@pytest.fixture
def server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pair = authority.pair()
    context.load_cert_chain(pair.certificate, pair.key)
    with mail_server(**guarded(context, "tess", "a secret")) as running:
        yield running


@pytest.fixture
def line_of(settings_of, tmp_path, authority):
    def line(server, password="a secret", **more):
        file = tmp_path / "password"
        file.write_text(password)
        file.chmod(0o600)
        told = {
            "smtp_host": HOST, "smtp_port": server.port, "smtp_security": "starttls",
            "smtp_user": "tess", "smtp_password_file": file, "smtp_ca_file": authority.file,
        }  # fmt: skip
        settings = settings_of(**{**told, **more})
        return MailLine(settings, Secrets(settings), "sponsorgraph@ice.example")

    return line


async def sent(line):
    async with line:
        notice = {**NOTICE, "raisedAt": datetime(2024, 8, 7, tzinfo=UTC)}
        return await line.send(notice, "notices@orr.example")


async def test_with_starttls_and_a_password_it_is_taken(server, line_of):
    reply = await sent(line_of(server))
    assert (reply.outcome, reply.code) == (AttemptOutcome.TAKEN, 250)
    assert server.mails[0].message["Auto-Submitted"] == "auto-generated"


async def test_a_server_whose_certificate_nobody_trusts_gets_nothing(server, line_of, tmp_path):
    other = Authority(tmp_path / "other")
    reply = await sent(line_of(server, smtp_ca_file=other.file))
    assert reply.outcome is AttemptOutcome.NOT_NOW
    assert server.mails == []


async def test_a_server_without_tls_gets_neither_a_mail_nor_a_password(mailbox, line_of):
    reply = await sent(line_of(mailbox))
    assert reply.outcome is AttemptOutcome.NOT_NOW
    assert mailbox.mails == []


async def test_a_wrong_password_is_no_fault_of_the_notice(server, line_of):
    reply = await sent(line_of(server, password="another"))
    assert (reply.outcome, reply.code) == (AttemptOutcome.NOT_NOW, 535)
