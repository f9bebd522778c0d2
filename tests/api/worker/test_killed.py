"""A worker is killed at every step: nothing is lost, and nothing told twice but what no SMTP
program can know (RFC 1047): then the second is the first letter by letter, Message-ID and all."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from graph.vocabulary.notices import NoticeState
from tests.api.worker.mailbox import HOST

# `sponsorgraph work`, but at one point of its way it stops and does nothing more, as if it had
# died there; then it is killed.
HOLDS = """
import os, time
from pathlib import Path
import api.worker.delivering as delivering
import api.worker.working as working
import graph.following.opening as opening
from api.worker.transports import MailLine
point, held = os.environ["HOLD_AT"], Path(os.environ["SPONSORGRAPH_HOME"], "held")
def hold(*_, **__):
    held.touch()
    while True:
        time.sleep(0.05)
def row(kind):
    plain = delivering.plain
    def told(of, **more):
        if of == kind:
            hold()
        return plain(of, **more)
    delivering.plain = working.plain = told
if point == "opening":
    ways = opening.raising
    def raising(rows):
        yield from ways(rows)
        hold()
    opening.raising = raising
elif point == "opened":
    row("FOLLOWED")
elif point == "leasing":
    steps = delivering.leasing
    def leasing(*told):
        leased = yield from steps(*told)
        return hold() if leased else []
    delivering.leasing = leasing
elif point == "leased":
    row("NOTIFYING")
elif point == "in the audit":
    delivering.Delivering._send_all = hold
elif point == "connected":
    send = MailLine.send
    async def connecting(self, *told):
        await self._client.connect()
        hold()
    MailLine.send = connecting
elif point == "taken":
    delivering.Delivering._mark = hold
elif point == "marking":
    delivering.Delivering._and_then = hold
elif point == "marked":
    row("NOTIFIED")
from api.cli import main
main()
"""
# How often the server may have what was under way, when the worker died there.
COPIES = {
    "opening": 1, "opened": 1, "leasing": 1, "leased": 1, "in the audit": 1, "connected": 1,
    "taken": 2, "marking": 2, "marked": 2,
}  # fmt: skip


@contextmanager
def worker(served_settings, home, mailbox, book_file, *, hold_at="", once=False):
    password = served_settings.neo4j_password
    environment = os.environ | {
        "SPONSORGRAPH_HOME": str(home),
        "NEO4J_URI": str(served_settings.neo4j_uri),
        "NEO4J_PASSWORD": password.get_secret_value() if password else "",
        "HOLD_AT": hold_at,
        "SPONSORGRAPH_WORKER_ADDRESS_BOOK": str(book_file),
        "SPONSORGRAPH_WORKER_SMTP_HOST": HOST,
        "SPONSORGRAPH_WORKER_SMTP_PORT": str(mailbox.port),
        "SPONSORGRAPH_WORKER_SMTP_SECURITY": "plain",
        "SPONSORGRAPH_WORKER_MOST_CONNECTIONS": "1",
        "SPONSORGRAPH_WORKER_SECONDS_BETWEEN_LOOKS": "0.1",
    }
    command = [sys.executable, "-c", HOLDS, "work", *(["--once"] if once else [])]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("point", COPIES)
async def test_killed_at_any_step_each_is_told_and_what_comes_twice_is_the_same_mail(
    office, mailbox, served_settings, book_file, tmp_path, point
):
    follow_ups = await office.children(2)
    with worker(served_settings, tmp_path, mailbox, book_file, hold_at=point) as first:
        for _ in range(1_200):
            if (tmp_path / "held").exists():
                break
            time.sleep(0.05)  # noqa: ASYNC251 - the mail server has a thread of its own
        assert (tmp_path / "held").exists()
        first.send_signal(signal.SIGKILL)
        first.wait(30)
    office.due_now()
    await office.worker().round()
    office.due_now()
    await office.worker().round()
    assert office.states() == {NoticeState.SENT: 4}
    assert len(mailbox.copies) == 4
    assert max(mailbox.copies.values()) <= COPIES[point]
    assert len({mail.raw for mail in mailbox.mails}) == 4
    if point in {"taken", "marking"}:
        assert max(mailbox.copies.values()) > 1  # it died in that very moment
    if point == "marked":
        assert min(mailbox.copies.values()) == 1  # what was written down is not sent again
    for event in ("INFORM_FOJC", "NOTIFY_ORR"):
        assert steps_taken(office, event) == dict.fromkeys(follow_ups, 1)


def steps_taken(office, event):
    rows = office.session.run(
        "MATCH (s:FollowUpStep {event: $event})-[:STEP_OF]->(f) RETURN f.id AS f, count(*) AS many",
        event=event,
    )
    return {row["f"]: row["many"] for row in rows}


async def test_killed_under_load_and_again_and_again_nothing_is_lost(
    office, mailbox, served_settings, book_file, tmp_path
):
    await office.children(30)
    for _ in range(3):
        before = len(mailbox.mails)
        with worker(served_settings, tmp_path, mailbox, book_file) as going:
            for _ in range(600):
                if len(mailbox.mails) >= before + 10 or len(mailbox.copies) == 60:
                    break
                time.sleep(0.02)  # noqa: ASYNC251 - as above
            going.send_signal(signal.SIGKILL)
            going.wait(30)
        office.due_now()
    await office.worker().round()
    assert office.states() == {NoticeState.SENT: 60}
    assert len(mailbox.copies) == 60
    # At most what was under way when one of three died: a mail on the line, and a group unmarked.
    assert sum(mailbox.copies.values()) <= 60 + 3 * 26
    assert len({mail.raw for mail in mailbox.mails}) == 60
