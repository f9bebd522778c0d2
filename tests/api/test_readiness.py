"""When a process is ready, and how it leaves."""

import asyncio
import signal

import orjson
from starlette.requests import Request

from api.telemetry import health
from api.telemetry.health import Readiness
from graph.errors import MigrationError
from tests.api.attacking import HOST, served_apart
from tests.signing import in_lines

ASKED = Request({"type": "http"})


def _looking(monkeypatch, look):
    monkeypatch.setattr(health, "ensure_current_async", look)
    readiness = Readiness()
    readiness.door = object()  # type: ignore[assignment] # `look` has no use for it
    return readiness


async def test_a_process_that_has_no_database_yet_is_not_ready():
    answer = await Readiness().answer(ASKED)
    assert answer.status_code == 503
    assert orjson.loads(answer.body) == {"status": "not ready", "why": "starting"}


async def test_one_look_at_the_database_answers_all_who_wait_for_it(monkeypatch):
    looks = 0

    async def look(_):
        nonlocal looks
        looks += 1
        await asyncio.sleep(0.05)

    readiness = _looking(monkeypatch, look)
    answers = await asyncio.gather(*[readiness.answer(ASKED) for _ in range(50)])
    assert {one.status_code for one in answers} == {200}
    assert looks <= 2
    await readiness.answer(ASKED)
    assert looks <= 3


async def test_a_database_that_is_silent_is_not_waited_for(monkeypatch):
    async def silent(_):
        await asyncio.Event().wait()

    monkeypatch.setattr(health, "_SECONDS_TO_BE_READY", 0.05)
    answer = await _looking(monkeypatch, silent).answer(ASKED)
    assert orjson.loads(answer.body)["why"] == "DeadlineExceeded"


async def test_what_is_wrong_is_said_without_the_words_of_what_failed(monkeypatch):
    async def behind(_):
        raise MigrationError("V012 of bolt://secret@db")

    async def broken(_):
        raise RuntimeError("bolt://secret@db")

    for look in (behind, broken):
        answer = await _looking(monkeypatch, look).answer(ASKED)
        assert answer.status_code == 503
        assert b"secret" not in answer.body


async def test_a_process_told_to_stop_is_not_ready_and_finishes_what_it_was_asked(
    served_settings, world
):
    """First it is not ready, while it still answers; then it takes nothing new and ends."""
    child = await world.a_child()
    body = orjson.dumps({"query": f'{{ child(id: "{child}") {{ id }} }}'})
    # A receipt comes after it.
    expected = orjson.dumps({"data": {"child": {"id": child}}}).removesuffix(b"}")
    head = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
    head += b"%d\r\n" % len(body)
    with served_apart(served_settings, seconds_to_drain=3) as victim:
        head += in_lines(victim.sign_ins.headers()) + b"\r\n"
        async with victim.client() as client:
            reader, writer = await asyncio.open_connection(HOST, victim.port)
            writer.write(head + body[:10])
            await writer.drain()
            victim.process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.5)
            ready = await client.get("/ready")
            assert (ready.status_code, ready.json()["why"]) == (503, "shutting down")
            assert (await client.get("/health")).status_code == 200
            answer = await client.post(
                "/graphql", content=body, headers={"content-type": "application/json"}
            )
            assert answer.content.startswith(expected)
            writer.write(body[10:])
            await asyncio.wait_for(reader.readuntil(expected), 20)
            writer.close()
        assert await asyncio.to_thread(victim.process.wait, 30) is not None
