"""TLS to the API: real certificates, a real server, and clients that check or cheat."""

import asyncio
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import websockets

from api.settings import ApiSettings
from api.tls import context, ensure_not_overheard, renew
from graph.errors import UsageError
from tests.api.attacking import HOST, Victim, served_apart
from tests.security.certificates import DAY, Authority, Pair

SECONDS_TO_SEND = 4


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def served(authority, served_settings, tmp_path_factory):
    """A server whose certificate lies in files of its own, and what it says."""
    pair = authority.pair("served")
    said = tmp_path_factory.mktemp("said") / "said"
    with (
        said.open("wb") as told,
        served_apart(
            served_settings,
            trusting=ssl.create_default_context(cafile=str(authority.file)),
            told=told,
            tls_certificate_file=pair.certificate,
            tls_key_file=pair.key,
            seconds_to_send=SECONDS_TO_SEND,
        ) as victim,
    ):
        yield Served(victim, pair, said)


@dataclass(frozen=True)
class Served:
    victim: Victim
    pair: Pair
    told: Path

    def said(self) -> str:
        return self.told.read_text()


def shown(served, client: ssl.SSLContext | None = None) -> tuple[ssl.SSLSocket, bytes]:
    """A connection to the server, and the certificate that it shows."""
    plain = socket.create_connection((HOST, served.victim.port), timeout=10)
    secured = (client or served.victim.trusting).wrap_socket(plain, server_hostname=HOST)
    certificate = secured.getpeercert(binary_form=True)
    secured.close()
    return secured, certificate or b""


def a_client(served, **changes) -> ssl.SSLContext:
    client = ssl.create_default_context()
    client.load_verify_locations(served.pair.certificate.parent / "authority.pem")
    for name, value in changes.items():
        setattr(client, name, value)
    return client


async def test_who_knows_its_authority_asks_and_is_told_to_come_back_over_tls(served):
    async with served.victim.client() as client:
        answer = await client.post("/graphql", json={"query": "{ __typename }"})
        assert answer.status_code in {200, 401}
        for each in (answer, await client.get("/health"), await client.get("/nothing")):
            assert each.headers["strict-transport-security"] == "max-age=31536000"
            assert each.headers["x-content-type-options"] == "nosniff"


def test_who_does_not_know_its_authority_does_not_ask(served):
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"{served.victim.url}/health")


async def test_sockets_are_opened_over_tls_too(served):
    url = served.victim.url.replace("https", "wss") + "/graphql"
    protocol = [websockets.Subprotocol("graphql-transport-ws")]
    async with websockets.connect(url, ssl=served.victim.trusting, subprotocols=protocol) as opened:
        assert opened.subprotocol == "graphql-transport-ws"
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(
            url, ssl=served.victim.trusting, origin=websockets.Origin("https://elsewhere.example")
        )
    assert refused.value.response.headers["strict-transport-security"] == "max-age=31536000"


async def test_a_page_of_our_own_name_that_came_without_tls_opens_no_socket(served):
    """Whoever is on the way can have written it."""
    own, url = served.victim.url, served.victim.url.replace("https", "wss") + "/graphql"
    for origin, opens in ((own, True), (own.replace("https", "http"), False)):
        connecting = websockets.connect(
            url, ssl=served.victim.trusting, origin=websockets.Origin(origin)
        )
        if opens:
            await (await connecting).close()
        else:
            with pytest.raises(websockets.InvalidStatus, match="403"):
                await connecting


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_versions_that_hold_are_spoken(served, version):
    assert shown(served, a_client(served, minimum_version=version, maximum_version=version))


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_versions_that_do_not_hold_are_refused(served):
    old = a_client(served)
    old.set_ciphers("ALL:@SECLEVEL=0")  # else it is the client that refuses
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError, match=r"EOF|VERSION"):
        shown(served, old)


@pytest.mark.parametrize("ciphers", ["ECDHE-ECDSA-AES256-SHA", "ECDHE-ECDSA-AES128-SHA256"])
def test_ciphers_that_do_not_authenticate_are_refused(served, ciphers):
    weak = a_client(served, maximum_version=ssl.TLSVersion.TLSv1_2)
    weak.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError, match=r"EOF|HANDSHAKE"):
        shown(served, weak)
    weak.set_ciphers(f"{ciphers}:ECDHE-ECDSA-AES128-GCM-SHA256:@SECLEVEL=0")
    assert shown(served, weak)


@pytest.mark.parametrize(
    "sent", [b"", b"POST /graphql HTTP/1.1\r\nhost: localhost\r\n\r\n", b"\x16\x03\x01\x02\x00\x01"],
    ids=["nothing", "plain HTTP", "half a greeting"],
)  # fmt: skip
async def test_what_is_no_handshake_is_ended_and_answered_with_nothing(served, sent):
    began = time.monotonic()
    opened = [await asyncio.open_connection(HOST, served.victim.port) for _ in range(20)]
    for _, writer in opened:
        writer.write(sent)
    read = [asyncio.wait_for(reader.read(), 30) for reader, _ in opened]
    replies = await asyncio.gather(*read, return_exceptions=True)
    assert time.monotonic() - began < SECONDS_TO_SEND + 5
    for reply in replies:
        assert isinstance(reply, ConnectionError) or (
            isinstance(reply, bytes) and b"HTTP" not in reply
        )
    for _, writer in opened:
        writer.close()
    assert served.victim.get("/health").status_code == 200


def test_a_renewed_certificate_is_shown_after_a_sighup_and_one_that_does_not_fit_never(
    served, authority
):
    _, before = shown(served)
    with httpx.Client(base_url=served.victim.url, verify=served.victim.trusting) as connected:
        assert connected.get("/health").status_code == 200
        authority.pair("served")
        os.kill(served.victim.process.pid, signal.SIGHUP)
        after = _soon(lambda: shown(served)[1], lambda found: found != before)
        # Who was connected before is not cut off.
        assert connected.get("/health").status_code == 200
    assert "The certificate is renewed" in served.said()
    other = authority.pair("other")
    served.pair.key.write_bytes(other.key.read_bytes())
    os.kill(served.victim.process.pid, signal.SIGHUP)
    assert _soon(served.said, lambda said: "stays as it was" in said)
    assert shown(served)[1] == after
    assert "expires on" in served.said()  # in a day: somebody is told in time


def _soon(look, found):
    for _ in range(100):
        seen = look()
        if found(seen):
            return seen
        time.sleep(0.1)
    raise AssertionError("it did not come about in ten seconds")


def used(pair, **changes) -> ApiSettings:
    files = {"tls_certificate_file": pair.certificate, "tls_key_file": pair.key}
    return ApiSettings(**files | changes)


def test_a_certificate_and_its_key_that_fit_are_used(authority):
    assert context(used(authority.pair("fits"))) is not None
    assert context(ApiSettings()) is None


def _mismatched(pair, authority):
    pair.key.write_bytes(authority.pair("another").key.read_bytes())


UNUSABLE = {
    "another's key": (_mismatched, "is not that of"),
    "no certificate": (lambda pair, _: pair.certificate.write_text("?"), "no certificate in PEM"),
    "no key": (lambda pair, _: pair.key.write_text("?"), "no key in PEM"),
    "no certificate file": (lambda pair, _: pair.certificate.unlink(), r"cannot be read \(No such"),
    "no key file": (lambda pair, _: pair.key.unlink(), r"cannot be read \(No such"),
    "a key for everybody": (lambda pair, _: pair.key.chmod(0o644), "chmod 600"),
    "expired": (lambda _, a: a.pair("unusable", since=-3 * DAY, until=-DAY), r"expired on .* renew"),
    "not yet": (lambda _, a: a.pair("unusable", since=DAY, until=2 * DAY), "is not valid before"),
    "encrypted": (lambda _, a: a.pair("unusable", password="hunter2"), "PASSWORD_FILE"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_told_before_anything_is_served(authority, name):
    spoil, why = UNUSABLE[name]
    pair = authority.pair("unusable")
    spoil(pair, authority)
    with pytest.raises(UsageError, match=why) as refused:
        context(used(pair))
    assert "PRIVATE KEY" not in str(refused.value)


def test_a_pair_that_does_not_fit_leaves_the_old_one_in_place(authority):
    kept = context(used(authority.pair("kept")))
    assert kept is not None
    broken = authority.pair("broken", until=timedelta(days=-1), since=timedelta(days=-2))
    with pytest.raises(UsageError):
        renew(kept, used(broken))


def test_a_key_may_be_encrypted_and_its_password_in_a_file(authority, tmp_path):
    pair = authority.pair("sealed", password="hunter2-hunter2")
    (tmp_path / "password").touch(mode=0o600)
    (tmp_path / "password").write_text("hunter2-hunter2\n")
    assert context(used(pair, tls_key_password_file=tmp_path / "password"))
    (tmp_path / "password").write_text("wrong-wrong\n")
    with pytest.raises(UsageError, match="password") as refused:
        context(used(pair, tls_key_password_file=tmp_path / "password"))
    assert "wrong-wrong" not in str(refused.value)


def test_half_of_a_pair_is_told(authority):
    with pytest.raises(UsageError, match="Set both"):
        context(ApiSettings(tls_certificate_file=authority.pair("half").certificate))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "cases.example"])
def test_it_is_not_served_in_plain_text_to_other_machines(host, authority):
    with pytest.raises(UsageError, match="SPONSORGRAPH_API_TLS_CERTIFICATE_FILE"):
        ensure_not_overheard(host, ApiSettings())
    ensure_not_overheard(host, ApiSettings(plain_http=True))
    ensure_not_overheard(host, used(authority.pair("away")))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_it_is(host):
    ensure_not_overheard(host, ApiSettings())


@pytest.mark.parametrize("way", ["plain", "unusable"])
def test_the_command_says_so_in_a_sentence_before_it_starts_anything(way, tmp_path):
    asked = {"SPONSORGRAPH_HOME": str(tmp_path / "home")}
    if way == "unusable":
        asked |= {
            "SPONSORGRAPH_API_TLS_CERTIFICATE_FILE": "/nowhere",
            "SPONSORGRAPH_API_TLS_KEY_FILE": "/nowhere",
        }
    command = [
        sys.executable,
        "-m",
        "api",
        "serve",
        "--host",
        "0.0.0.0" if way == "plain" else HOST,
    ]
    environment = {n: v for n, v in os.environ.items() if not n.startswith("NEO4J")} | asked
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert re.search("SPONSORGRAPH_API_TLS_CERTIFICATE_FILE", done.stderr)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()
