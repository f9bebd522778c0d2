"""A client that asks for much and takes nothing in does not keep it here for ever."""

import asyncio
import socket
import time
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from api.settings import ApiSettings
from tests.api.attacking import HOST
from tests.serving import serving

SECONDS = 1.5
MUCH = 64_000_000  # more than the network holds by itself
ASK = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"


async def much(_):
    return Response(b"x" * MUCH)


@pytest.fixture(scope="module")
def port():
    limits = ApiSettings(seconds_to_take=SECONDS, seconds_to_send=60)
    with serving(Starlette(routes=[Route("/", much)]), limits) as address:
        yield int(address.rpartition(":")[2])


def test_who_reads_nothing_is_cut_off_and_what_was_kept_for_them_is_given_up(port):
    with socket.create_connection((HOST, port), timeout=30) as idle:
        idle.sendall(ASK)
        time.sleep(SECONDS + 6)
        read = 0
        with suppress(ConnectionError):
            while chunk := idle.recv(1_000_000):
                read += len(chunk)
    assert 0 < read < MUCH


async def test_who_reads_in_time_gets_it_whole_and_may_ask_again(port):
    reader, writer = await asyncio.open_connection(HOST, port)
    for _ in range(2):
        writer.write(ASK)
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head
        assert len(await reader.readexactly(MUCH)) == MUCH
        # Longer than it may take: nothing is waited for in between.
        await asyncio.sleep(SECONDS + 1)
    writer.close()
