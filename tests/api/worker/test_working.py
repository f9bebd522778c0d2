"""Who is to be told is told, once, by whichever worker; and who cannot be told is not forgotten."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from api.audit.segments import AuditUnavailableError
from api.worker.book import load
from graph.vocabulary.notices import NoticeState
from tests.api.worker.conftest import BOOK
from tests.api.worker.hook import SECRET, hook_server
from tests.api.worker.mailbox import mail_server


async def until(so):
    while not so():  # noqa: ASYNC110 - what it waits for knows of no event
        await asyncio.sleep(0.05)


async def test_a_failure_to_appear_is_told_to_the_coordinator_and_to_orr_in_one_round(
    office, mailbox
):
    (follow_up,) = await office.children(1)
    await office.worker().round()
    assert sorted(mail.to[0] for mail in mailbox.mails) == [
        "fojc@ice.example",
        "notices@orr.example",
    ]
    assert office.states() == {NoticeState.SENT: 2}
    there = office.session.run("MATCH (f:FollowUp {id: $id}) RETURN f", id=follow_up).single()["f"]
    assert (there["address"], there["safety"]) == ("FOJC_INFORMED", "ORR_NOTIFIED")


async def test_nothing_is_told_twice_however_many_workers_work_at_once(office, mailbox):
    await office.children(20)
    workers = [office.worker(most_at_once=7) for _ in range(3)]
    await asyncio.gather(*(worker.round() for worker in workers))
    await workers[0].round()
    assert len(mailbox.copies) == 40
    assert set(mailbox.copies.values()) == {1}
    assert office.states() == {NoticeState.SENT: 40}
    steps = office.session.run(
        "MATCH (s:FollowUpStep)-[:STEP_OF]->(f) RETURN f.id AS f, s.event AS e"
    )
    assert set(Counter((row["f"], row["e"]) for row in steps).values()) == {1}


async def test_the_audit_has_a_row_before_anything_is_sent_and_nothing_of_anybody(office, mailbox):
    await office.children(1)
    await office.worker().round()
    kinds = [row["kind"] for row in office.rows.rows]
    assert kinds[:3] == ["FOLLOWED", "NOTIFYING", "NOTIFIED"]
    taken = [one for row in office.rows.rows for one in row.get("taken", ())]
    assert office.rows.rows[1]["notices"] == sorted(taken)
    assert "Reyes" not in json.dumps(office.rows.rows)


async def test_without_an_audit_nothing_is_sent(office, mailbox):
    await office.children(1)
    office.rows.fails = AuditUnavailableError("full")
    with pytest.raises(AuditUnavailableError):
        await office.worker().round()
    with pytest.raises(AuditUnavailableError):
        await office.worker().round()
    assert mailbox.mails == []
    office.rows.fails = None
    office.due_now()
    await office.worker().round()
    assert set(mailbox.copies.values()) == {1}


async def test_a_server_that_says_to_come_back_is_asked_again_later(office, mailbox):
    await office.children(1)
    mailbox.says = "451 later"
    worker = office.worker(seconds_to_first_retry=3_600)
    await worker.round()
    assert office.states() == {NoticeState.WAITING: 2}
    assert office.notice()["nextAt"].to_native() > datetime.now(UTC)
    mailbox.says = "250 OK"
    await worker.round()
    assert mailbox.mails == []
    office.due_now()
    await worker.round()
    assert set(mailbox.copies.values()) == {1}
    assert len(mailbox.copies) == 2


async def test_a_server_that_is_away_loses_nothing(office, mailbox):
    await office.children(1)
    with mail_server() as other:
        away = other.port
    await office.worker(smtp_port=away).round()
    assert office.states() == {NoticeState.WAITING: 2}
    office.due_now()
    await office.worker().round()
    assert office.states() == {NoticeState.SENT: 2}


async def test_a_mailbox_that_is_not_there_is_given_up_and_its_escalation_is_sent(office, mailbox):
    await office.children(1)
    mailbox.of_recipients = "550 no such mailbox"
    worker = office.worker()
    await worker.round()
    assert office.states() == {NoticeState.DEAD: 2}
    mailbox.of_recipients = "250 OK"
    await worker.round()
    told = sorted(mail.to[0] for mail in mailbox.mails)
    assert told == ["hq@ice.example", "notices@orr.example"]
    assert office.states() == {NoticeState.DEAD: 2, NoticeState.SENT: 2}
    assert worker.counts.given_up == 2


async def test_tries_come_to_an_end_that_is_seen(office, mailbox):
    await office.children(1)
    mailbox.says = "451 later"
    worker = office.worker(most_tries=2)
    for _ in range(3):
        office.due_now()
        await worker.round()
    assert office.notice()["state"] == NoticeState.DEAD
    assert office.notice()["attempts"] == 2


async def test_whom_the_address_book_does_not_know_is_waited_for(office, mailbox, tmp_path):
    await office.children(1)
    file = tmp_path / "partial.toml"
    file.write_text(BOOK.replace("orr/*", "orr/elsewhere"))
    await office.worker(book=load(file)).round()
    assert [mail.to for mail in mailbox.mails] == [["fojc@ice.example"]]
    assert office.notice()["state"] == NoticeState.WAITING


async def test_without_an_address_book_follow_ups_are_opened_and_notices_wait(office, mailbox):
    await office.children(1)
    await office.worker(book=None).round()
    assert office.states() == {NoticeState.WAITING: 2}
    assert office.notice()["attempts"] == 0


async def test_a_webhook_is_signed_and_bears_the_same_id_each_time(office, mailbox, tmp_path):
    await office.children(1)
    with hook_server() as hook:
        file = tmp_path / "hooks.toml"
        secret = tmp_path / "secret"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        file.write_text(
            f'sender = "a@ice.example"\n[recipients."orr/*"]\nwebhook = "{hook.url}"\n'
            f'secret_file = "{secret}"\n[recipients."fojc/*"]\nmail = "fojc@ice.example"\n'
        )
        worker = office.worker(book=load(file))
        hook.status = 503
        await worker.round()
        office.due_now()
        hook.status = 204
        await worker.round()
    first, second = hook.taken
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    said = Webhook(SECRET).verify(second.body, dict(second.headers))
    assert said["data"]["reference"] == office.notice()["reference"]
    assert office.states() == {NoticeState.SENT: 2}


async def test_a_receiver_that_is_gone_is_given_up(office, mailbox, tmp_path):
    await office.children(1)
    with hook_server() as hook:
        secret = tmp_path / "secret"
        secret.write_text(SECRET)
        secret.chmod(0o600)
        file = tmp_path / "hooks.toml"
        file.write_text(
            f'sender = "a@ice.example"\n[recipients."orr/*"]\nwebhook = "{hook.url}"\n'
            f'secret_file = "{secret}"\n'
        )
        hook.status = 410
        await office.worker(book=load(file)).round()
    assert office.notice()["state"] == NoticeState.DEAD


async def test_a_worker_that_is_told_to_stop_puts_back_what_it_has_not_begun(office, mailbox):
    await office.children(3)
    worker = office.worker()
    await office.worker(book=None).round()
    assert worker._delivering is not None
    worker._delivering.leave()
    await worker._delivering.batch()
    assert office.states() == {NoticeState.WAITING: 6}
    await office.worker().round()
    assert set(mailbox.copies.values()) == {1}


async def test_a_round_that_fails_is_begun_again(office, mailbox, monkeypatch):
    await office.children(1)
    worker = office.worker()
    monkeypatch.setattr("api.worker.working._SECONDS_AFTER_A_FAULT", 0.05)
    office.rows.fails = RuntimeError("Reyes")
    working = asyncio.create_task(worker.work())
    await until(lambda: worker.counts.faults)
    assert worker.counts.fault == "RuntimeError"
    office.rows.fails = None
    office.due_now()
    await until(lambda: len(mailbox.mails) == 2)
    worker.stop()
    await working
    assert worker.counts.fault is None
