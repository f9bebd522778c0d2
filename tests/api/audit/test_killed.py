"""A served process is killed at the worst moments: whoever got an answer finds its row."""

import asyncio
import fcntl
import signal
import time
from pathlib import Path

import httpx
import pytest

from api.audit.key import key_of
from api.audit.rows import digest_of_text, keyed_digest
from api.audit.verifying import verify
from tests.api.attacking import served_apart
from tests.api.audit.asking import rows_of

CHILD = "query ($id: ID!) { child(id: $id) { id } }"
# `sponsorgraph serve`, but a sync that found the file `hold` lets nobody go on: its rows are on
# the disk, and the answers that wait for it have not left.
HOLDS_AFTER_A_SYNC = """
import asyncio, os, time
from pathlib import Path
from api.audit.syncing import KernelSyncs
in_a_thread, in_the_kernel = os.fdatasync, KernelSyncs.sync
hold = Path(os.environ["SPONSORGRAPH_HOME"], "hold")
def held():
    if hold.exists():
        hold.with_name("held").touch()
        return True
    return False
def sync(descriptor):
    in_a_thread(descriptor)
    while held():
        time.sleep(0.01)
async def sync_behind(self, descriptor):
    await in_the_kernel(self, descriptor)
    while held():
        await asyncio.sleep(0.01)
os.fdatasync, KernelSyncs.sync = sync, sync_behind
from api.cli import main
main()
"""


@pytest.fixture
def home(served_settings, tmp_path):
    return served_settings.model_copy(update={"home": tmp_path})


def asked(settings, child) -> bool:
    """Whether the audit has a row for this very question."""
    folder = settings.home / "audit"
    digest = keyed_digest(key_of(folder), digest_of_text(CHILD), None, {"id": child})
    return any(row.get("asked") == digest for row in rows_of(folder))


async def ask(client, child):
    return await client.post("/graphql", json={"query": CHILD, "variables": {"id": child}})


def wait_for(file: Path) -> None:
    for _ in range(3_000):
        if file.exists():
            return
        time.sleep(0.01)
    raise AssertionError(file)


def kill(victim) -> None:
    victim.process.send_signal(signal.SIGKILL)
    victim.process.wait(30)


async def test_killed_between_reading_and_the_audit_nobody_was_answered(world, home):
    child = await world.a_child()
    with served_apart(home) as victim:
        async with victim.client() as client:
            assert (await ask(client, "child_before")).status_code == 200
            with (home.home / "audit" / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # as another process does while it writes
                answer = asyncio.create_task(ask(client, child))
                await asyncio.sleep(2)
                assert not answer.done()  # it was read by then, and waits for its row
                kill(victim)
                with pytest.raises(httpx.HTTPError):
                    await answer
    assert asked(home, "child_before")
    assert not asked(home, child)
    assert verify(home.home / "audit").fault is None


async def test_killed_between_the_audit_and_the_answer_the_row_is_there(world, home):
    child = await world.a_child()
    with served_apart(home, program=("-c", HOLDS_AFTER_A_SYNC)) as victim:
        async with victim.client() as client:
            assert (await ask(client, "child_before")).status_code == 200
            (home.home / "hold").touch()
            answer = asyncio.create_task(ask(client, child))
            await asyncio.to_thread(wait_for, home.home / "held")
            await asyncio.sleep(0.2)
            assert not answer.done()
            kill(victim)
            with pytest.raises(httpx.HTTPError):
                await answer
    assert asked(home, child)
    assert verify(home.home / "audit").fault is None


async def test_killed_under_many_clients_each_answer_has_its_row(home):
    answered: list[str] = []
    enough = asyncio.Event()

    async def go_on(client, name):
        number = 0
        while True:
            child = f"child_{name}_{number}"
            answer = await ask(client, child)
            assert answer.status_code == 200
            answered.append(child)
            number += 1
            if len(answered) > 40:
                enough.set()

    with served_apart(home) as victim:
        async with victim.client() as client:
            clients = [asyncio.create_task(go_on(client, name)) for name in range(8)]
            await enough.wait()
            kill(victim)
            ended = await asyncio.gather(*clients, return_exceptions=True)
            assert all(isinstance(one, httpx.HTTPError) for one in ended)
    folder = home.home / "audit"
    kept = {row.get("asked") for row in rows_of(folder)}
    key, text = key_of(folder), digest_of_text(CHILD)
    lacking = [
        child for child in answered if keyed_digest(key, text, None, {"id": child}) not in kept
    ]
    assert lacking == []
    assert verify(folder).fault is None


async def test_after_a_kill_the_next_process_goes_on_with_the_chain(home):
    for number in range(2):
        with served_apart(home) as victim:
            async with victim.client() as client:
                assert (await ask(client, f"child_{number}")).status_code == 200
            kill(victim)
    assert asked(home, "child_0")
    assert asked(home, "child_1")
    assert verify(home.home / "audit").fault is None


async def test_a_process_whose_audit_cannot_be_written_is_not_ready_and_answers_nothing(home):
    with served_apart(home, program=("-c", FAILS_WHILE_TOLD)) as victim:
        async with victim.client() as client:
            assert (await ask(client, "child_x")).status_code == 200
            (home.home / "full").touch()
            answer = await ask(client, "child_y")
            assert answer.status_code == 503
            assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
            ready = await client.get("/ready")
            assert (ready.status_code, ready.json()["why"]) == (503, "the audit cannot be written")
            (home.home / "full").unlink()
            assert (await client.get("/ready")).status_code == 200
            assert (await ask(client, "child_z")).status_code == 200
    found = verify(home.home / "audit")
    assert found.fault is None
    assert asked(home, "child_z")


FAILS_WHILE_TOLD = """
import errno, os
from pathlib import Path
write, full = os.write, Path(os.environ["SPONSORGRAPH_HOME"], "full")
def fails(descriptor, data):
    if full.exists() and os.readlink(f"/proc/self/fd/{descriptor}").endswith(".jsonl"):
        write(descriptor, bytes(data)[:30])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return write(descriptor, data)
os.write = fails
from api.cli import main
main()
"""
