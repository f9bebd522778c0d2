"""`sponsorgraph work` and `sponsorgraph notices`, as somebody at a prompt uses them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from api.commands.working import worker_beside
from graph.connection import Endpoint
from graph.vocabulary.notices import NoticeState
from tests.api.worker.mailbox import HOST


@pytest.fixture
def environment(served_settings, tmp_path, mailbox, book_file):
    password = served_settings.neo4j_password
    return os.environ | {
        "SPONSORGRAPH_HOME": str(tmp_path),
        "NEO4J_URI": str(served_settings.neo4j_uri),
        "NEO4J_PASSWORD": password.get_secret_value() if password else "",
        "SPONSORGRAPH_WORKER_ADDRESS_BOOK": str(book_file),
        "SPONSORGRAPH_WORKER_SMTP_HOST": HOST,
        "SPONSORGRAPH_WORKER_SMTP_PORT": str(mailbox.port),
        "SPONSORGRAPH_WORKER_SMTP_SECURITY": "plain",
    }


def run(environment, *arguments):
    command = [sys.executable, "-m", "api", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def told_by_a_worker(environment, mailbox) -> str:
    """What a worker says at its port, which has sent two mails and is then told to leave."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api", "work", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as going:
        until(lambda: len(mailbox.mails) == 2)
        time.sleep(1.5)  # until what was sent is counted
        url = f"http://{HOST}:{port}"
        assert httpx.get(f"{url}/health").status_code == 200
        assert httpx.get(f"{url}/ready").status_code == 200
        page = httpx.get(f"{url}/metrics").text
        going.send_signal(signal.SIGTERM)
        assert going.wait(30) == 0
    return page


def until(so) -> None:
    for _ in range(1_200):
        if so():
            return
        time.sleep(0.05)
    raise AssertionError


async def test_what_was_given_up_is_listed_and_sent_again_by_its_reference(
    office, mailbox, environment
):
    await office.children(1)
    mailbox.of_recipients = "550 no such mailbox"
    assert run(environment, "work", "--once").returncode == 0
    told = json.loads(run(environment, "notices", "--json").stdout)
    assert told["counts"][NoticeState.DEAD] == 2
    assert {one["code"] for one in told["givenUp"]} == {550}
    mailbox.of_recipients = "250 OK"
    references = [one["reference"] for one in told["givenUp"]]
    again = run(environment, "notices", *(part for one in references for part in ("--again", one)))
    assert again.returncode == 0
    assert "waiting: 2" in again.stdout
    assert run(environment, "work", "--once").returncode == 0
    assert office.states()[NoticeState.SENT] >= 2
    refused = run(environment, "notices", "--again", references[0])
    assert refused.returncode != 0
    assert "not given up" in refused.stderr


async def test_a_worker_tells_how_it_is_and_leaves_when_it_is_told(office, mailbox, environment):
    await office.children(1)
    page = told_by_a_worker(environment, mailbox)
    assert 'sponsorgraph_notice_attempts_total{outcome="TAKEN"} 2.0' in page
    assert "sponsorgraph_follow_ups_opened_total 1.0" in page
    assert 'sponsorgraph_notices{state="SENT"} 2.0' in page


async def test_a_worker_beside_a_demo_follows_up_and_writes_to_nobody(
    office, mailbox, served_settings, tmp_path, monkeypatch
):
    await office.children(1)
    password = served_settings.neo4j_password
    endpoint = Endpoint(
        str(served_settings.neo4j_uri), "neo4j", password.get_secret_value() if password else ""
    )
    settings = served_settings.model_copy(update={"home": tmp_path})
    with worker_beside(settings, endpoint):
        until(office.states)
    assert office.states() == {NoticeState.WAITING: 2}
    assert mailbox.mails == []


def test_without_a_mail_server_of_its_own_machine_plain_is_refused(environment):
    told = {**environment, "SPONSORGRAPH_WORKER_SMTP_HOST": "mail.example"}
    refused = run(told, "work", "--once")
    assert refused.returncode == 2
    assert "SPONSORGRAPH_WORKER_SMTP_SECURITY" in refused.stderr
