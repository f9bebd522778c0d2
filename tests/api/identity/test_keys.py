"""Keys are fetched when they are needed and no oftener, whoever wants them to be."""

import asyncio
import datetime as dt
import http.server
import logging
import ssl
import threading
from contextlib import contextmanager

import orjson
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from api.identity.fetching import UnreadableError, check_files, read_keys
from api.identity.keys import Keys
from graph.errors import UsageError
from tests.api.identity.issuing import ANOTHER_RSA, RSA, Clock, Published, published

ONE, TWO, UNKNOWN = ("one", "RS256"), ("two", "RS256"), ("made up", "RS256")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def source():
    return Published(published(RSA, "one"))


@pytest.fixture
def keys(clock, source):
    return Keys("hhs", ["RS256"], source, clock)


async def settled():
    await asyncio.sleep(0.01)


async def test_a_thousand_made_up_keys_are_looked_for_once(keys, source, clock):
    assert await keys.find(ONE)
    clock.now += 31
    found = await asyncio.gather(*[keys.find((f"k{n}", "RS256")) for n in range(1_000)])
    assert set(found) == {None}
    assert source.asked == 2
    clock.now += 29
    assert await keys.find(UNKNOWN) is None
    assert source.asked == 2


async def test_a_rotated_key_is_found_and_the_old_one_stays_as_long_as_it_is_published(
    keys, source, clock
):
    old = await keys.find(ONE)
    source.keys.append(published(ANOTHER_RSA, "two"))
    clock.now += 31
    assert await keys.find(TWO)
    assert await keys.find(ONE)
    assert old is not None
    source.keys.pop(0)
    clock.now += 601
    keys.known(ONE)
    await settled()
    assert keys.known(ONE) is None
    assert keys.known(TWO)


async def test_while_the_issuer_is_down_its_keys_are_good_for_a_day_and_no_longer(
    keys, source, clock, caplog
):
    assert await keys.find(ONE)
    source.is_down = True
    with caplog.at_level(logging.WARNING, "sponsorgraph.identity"):
        for _ in range(23):
            clock.now += 3600
            assert keys.known(ONE)
            await settled()
    assert source.asked == 24
    assert caplog.messages[0] == "the keys of issuer hhs cannot be read: URLError"
    clock.now += 3601
    assert await keys.find(ONE) is None
    assert not keys.usable
    source.is_down = False
    clock.now += 31
    assert await keys.find(ONE)


async def test_whoever_waits_no_longer_ends_the_fetch_for_nobody_else(clock):
    going = asyncio.Event()

    async def slow():
        await going.wait()
        return [published(RSA, "one")]

    keys = Keys("hhs", ["RS256"], slow, clock)
    impatient, patient = (asyncio.create_task(keys.find(ONE)) for _ in range(2))
    await settled()
    impatient.cancel()
    await settled()
    going.set()
    assert await patient


async def test_of_two_keys_of_one_name_the_first_counts(clock):
    both = Published(published(RSA, "one"), published(ANOTHER_RSA, "one"))
    found = await Keys("hhs", ["RS256"], both, clock).find(ONE)
    assert found is not None
    assert found.key.public_numbers() == RSA.public_key().public_numbers()


async def test_keys_are_read_from_a_file_where_there_is_no_network(tmp_path):
    file = tmp_path / "hhs's keys.json"
    file.write_bytes(orjson.dumps({"keys": [published(RSA, "one"), "no key"]}))
    assert await read_keys(file.as_uri()) == [published(RSA, "one")]


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"keys": {}}', b"<html>", b" " * 600_000])
async def test_what_is_no_set_of_keys_is_none(tmp_path, said):
    (tmp_path / "keys.json").write_bytes(said)
    with pytest.raises(UnreadableError):
        await read_keys((tmp_path / "keys.json").as_uri())


def test_a_server_does_not_start_with_a_file_that_holds_no_keys(tmp_path):
    file = tmp_path / "keys.json"
    with pytest.raises(UsageError, match="holds no keys"):
        check_files([file.as_uri()])
    file.write_bytes(b"{}")
    with pytest.raises(UsageError, match="holds no keys"):
        check_files([file.as_uri()])
    file.write_bytes(orjson.dumps({"keys": [published(RSA, "one")]}))
    check_files([file.as_uri(), "https://login.nowhere.example/keys"])


async def test_a_file_that_is_not_there_is_told_by_its_kind_alone(tmp_path):
    with pytest.raises(UnreadableError, match=r"^FileNotFoundError$"):
        await read_keys((tmp_path / "missing.json").as_uri())


class Issuer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/keys")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/keys" else 500)
        self.end_headers()
        self.wfile.write(orjson.dumps({"keys": [published(RSA, "one")]}))

    def log_message(self, *_):
        pass


@contextmanager
def served(folder, names):
    """An issuer over TLS on this machine, whose certificate bears these names."""
    today = dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(RSA.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False)
        .sign(RSA, hashes.SHA256())
    )
    chain, key = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    key.write_bytes(
        RSA.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Issuer) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"https://localhost:{server.server_port}", chain
        finally:
            server.shutdown()
            thread.join()


async def test_keys_come_over_tls_from_whom_the_certificate_names_and_nowhere_else(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("NO_PROXY", "localhost")
    with served(tmp_path, ["localhost"]) as (url, chain):
        with pytest.raises(UnreadableError, match="URLError"):
            await read_keys(f"{url}/keys")  # signed by nobody whom we trust
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        assert await read_keys(f"{url}/keys") == [published(RSA, "one")]
        for path in ("elsewhere", "broken"):
            with pytest.raises(UnreadableError, match="HTTPError"):
                await read_keys(f"{url}/{path}")


async def test_a_server_that_its_certificate_does_not_name_is_not_the_issuer(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "localhost")
    with served(tmp_path, ["another"]) as (url, chain):
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        with pytest.raises(UnreadableError, match="URLError"):
            await read_keys(f"{url}/keys")
