"""What every answer tells a browser, whatever was asked and wherever it was refused."""

import asyncio

import httpx
import pytest

from api.app import create_app
from api.headers import ALWAYS, POLICY
from api.settings import ApiSettings
from tests.api.attacking import HOST
from tests.api.conftest import EVERYBODY, TODAY
from tests.serving import serving

JSON = {"content-type": "application/json"}
HTML = {"accept": "text/html"}
UPGRADE = {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-version": "13",
    "sec-websocket-protocol": "graphql-transport-ws",
}
# What is asked, and the status that says it got to where it was meant to.
EXCHANGES = {
    "an answer": ("POST", "/graphql", JSON, b'{"query":"{__typename}"}', 200),
    "an error": ("POST", "/graphql", JSON, b'{"query":"{nobody}"}', 200),
    "no JSON": ("POST", "/graphql", JSON, b"{", 400),
    "no method of ours": ("PUT", "/graphql", JSON, b"{}", 405),
    "no media type of ours": ("POST", "/graphql", {}, b"{}", 415),
    "no answer of ours": ("POST", "/graphql", JSON | {"accept": "image/png"}, b"{}", 406),
    "too large": ("POST", "/graphql", JSON, b" " * 300_000, 413),
    "the explorer": ("GET", "/graphql", HTML, b"", 200),
    "a script of it": ("GET", "/explorer/explorer.js", {}, b"", 200),
    "a file of it that is not there": ("GET", "/explorer/nothing.js", {}, b"", 404),
    "a way out of its folder": ("GET", "/explorer/%2e%2e/__init__.py", {}, b"", 404),
    "a redirect": ("GET", "/", {}, b"", 307),
    "health": ("GET", "/health", {}, b"", 200),
    "health, changed": ("DELETE", "/health", {}, b"", 405),
    "readiness": ("GET", "/ready", {}, b"", 200),
    "metrics": ("GET", "/metrics", {}, b"", 200),
    "nothing": ("GET", "/nothing", {}, b"", 404),
    "a preflight": ("OPTIONS", "/graphql", {"origin": "https://cases.example",
                    "access-control-request-method": "POST"}, b"", 200),
    "another name": ("GET", "/health", {"host": "elsewhere.example"}, b"", 421),
    "a socket of another page": ("GET", "/graphql", UPGRADE | {"origin": "https://elsewhere.example"}, b"", 403),
    "a socket to nowhere": ("GET", "/nothing", UPGRADE, b"", 403),
    "a socket under another name": ("GET", "/graphql", UPGRADE | {"host": "elsewhere.example"}, b"", 421),
    "a handshake that is none": ("GET", "/graphql", UPGRADE | {"sec-websocket-version": "1"}, b"", 426),
    "a handshake without a key": ("GET", "/graphql", {k: v for k, v in UPGRADE.items() if k != "sec-websocket-key"}, b"", 400),
}  # fmt: skip
BELOW = {
    "no HTTP": (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n", 400),
    "too many headers": (b"GET / HTTP/1.1\r\n" + b"x: 1\r\n" * 200 + b"\r\n", 431),
    "too large a head": (b"GET / HTTP/1.1\r\nx: " + b"x" * 60_000, 431),
    "never finished": (b"GET / HT", 408),
}


@pytest.fixture(scope="module")
def limits():
    return ApiSettings(
        warming=False,
        metrics=True,
        seconds_to_send=3,
        trusted_origins=frozenset({"https://cases.example"}),
        host_names=frozenset({HOST}),
    )


def an_application(served_settings, limits):
    return create_app(served_settings, limits, admits=EVERYBODY, clock=lambda: TODAY)


@pytest.fixture(scope="module")
def application(served_settings, limits):
    return an_application(served_settings, limits)


@pytest.fixture(scope="module")
def address(application, limits):
    with serving(application, limits) as address:
        yield address


def check(headers: httpx.Headers) -> None:
    for name, value in ALWAYS:
        told = headers.get_list(name.decode())
        assert len(told) == 1, name
        if name not in {POLICY, b"cache-control"}:
            assert told == [value.decode()]
    policy = headers[POLICY.decode()]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "server" not in headers
    assert "x-powered-by" not in headers
    # Said over plain HTTP, a browser would not believe it.
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("name", EXCHANGES)
def test_every_answer_is_guarded(address, name):
    method, path, headers, content, status = EXCHANGES[name]
    with httpx.stream(method, address + path, headers=headers, content=content or None) as answer:
        assert answer.status_code == status
        check(answer.headers)
        personal = not path.startswith("/explorer/") or status == 404
        assert answer.headers["cache-control"] == ("no-store" if personal else "no-cache")


def test_no_route_is_left_out(application):
    asked = {path.split("/")[1] for _, path, _, _, _ in EXCHANGES.values()}
    assert {route.path.split("/")[1] for route in application.routes} <= asked


def test_a_file_that_was_not_changed_is_guarded_too(address):
    kept = httpx.get(f"{address}/explorer/explorer.css")
    again = httpx.get(
        f"{address}/explorer/explorer.css", headers={"if-none-match": kept.headers["etag"]}
    )
    assert again.status_code == 304
    check(again.headers)


@pytest.mark.parametrize("name", BELOW)
async def test_what_never_reaches_the_application_is_guarded_too(address, name):
    sent, status = BELOW[name]
    reader, writer = await asyncio.open_connection(HOST, int(address.rpartition(":")[2]))
    writer.write(sent)
    reply = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    head, _, _ = reply.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    assert first.split()[1] == str(status).encode()
    check(httpx.Headers([(n, v) for n, _, v in (line.partition(b": ") for line in lines)]))


def test_the_explorer_may_load_what_it_is_made_of_and_nothing_else(address):
    policy = httpx.get(f"{address}/graphql", headers=HTML).headers["content-security-policy"]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["script-src"] == allowed["connect-src"] == "'self'"
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in allowed["script-src"]


async def test_a_fault_is_guarded_and_neither_answered_nor_logged_in_its_words(
    served_settings, limits, monkeypatch, capsys
):
    """Whatever breaks may hold a name: only its kind and its place are told, and only to the log."""
    # One of its own: served twice at once, two threads would write its audit, and one never end.
    application = an_application(served_settings, limits)

    async def broken(*_):
        raise LookupError("Maria Reyes, A000123456")

    for route in application.routes:
        if route.path == "/health":
            monkeypatch.setattr(route, "app", broken)
    with serving(application, limits) as address:
        answer = await asyncio.to_thread(httpx.get, f"{address}/health")
    assert answer.status_code == 500
    check(answer.headers)
    assert "Maria" not in answer.text
    told = capsys.readouterr().err
    assert "LookupError at " in told
    assert "Maria" not in told
    assert "A000" not in told
