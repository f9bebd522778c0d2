"""The line to Neo4j: encrypted to the right server, or on this machine, or refused."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from pydantic import SecretStr

from graph import embedded
from graph.connection import Endpoint, async_opened, connected, located, opened
from graph.embedded import home
from graph.errors import ConnectionFailedError, UsageError
from graph.settings import Settings, settings_from_environment
from tests.security.certificates import Authority

WITH_TLS = """
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.private_key={pair.key.name}
dbms.ssl.policy.bolt.public_certificate={pair.certificate.name}
dbms.ssl.policy.bolt.client_auth=NONE
server.bolt.tls_level=OPTIONAL
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def secure(authority, tmp_path_factory) -> Iterator[Endpoint]:
    """A Neo4j that shows a certificate for 127.0.0.1; the address is yet without its scheme."""
    pair = authority.pair("bolt", host="127.0.0.1")
    written = WITH_TLS.format(folder=pair.key.parent, pair=pair)
    settings = Settings(home=tmp_path_factory.mktemp("home"), neo4j_uri=None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(home, "CONFIGURATION", home.CONFIGURATION + written)
        with embedded.serving(settings) as server:
            uri = server.uri.removeprefix("bolt")
            yield Endpoint(uri, "neo4j", embedded.password(settings), ca_file=authority.file)


def over(endpoint: Endpoint, scheme: str, **changes) -> Settings:
    return Settings(
        neo4j_password=SecretStr(endpoint.password),
        **{"neo4j_uri": scheme + endpoint.uri, "neo4j_ca_file": endpoint.ca_file} | changes,
    )


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
async def test_a_server_that_our_own_authority_signed_for_is_believed(secure, scheme):
    settings = over(secure, scheme)
    with connected(settings) as door, door.reading() as session:
        assert session.run("RETURN 1 AS one").single(strict=True)["one"] == 1
        assert door.driver.encrypted
    with located(settings) as endpoint:
        async with async_opened(endpoint) as async_door:
            assert async_door.driver.encrypted


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_server_that_nobody_we_know_signed_for_is_not(secure, scheme, tmp_path):
    others = Authority(tmp_path).file
    for settings in (
        over(secure, scheme, neo4j_ca_file=None),
        over(secure, scheme, neo4j_ca_file=others),
    ):
        with (
            pytest.raises(ConnectionFailedError, match="no certificate") as refused,
            connected(settings),
        ):
            pass
        assert secure.password not in str(refused.value)


def test_a_certificate_of_another_name_is_not_believed(secure):
    elsewhere = over(
        secure, "bolt+s", neo4j_uri="bolt+s" + secure.uri.replace("127.0.0.1", "localhost")
    )
    with pytest.raises(ConnectionFailedError, match="no certificate"), connected(elsewhere):
        pass


@pytest.mark.parametrize(
    ("uri", "instead"),
    [
        ("bolt://graph.example.org:7687", r"bolt\+s://"),
        ("neo4j://10.0.0.5:7687", r"neo4j\+s://"),
        ("bolt+ssc://graph.example.org", r"bolt\+s://"),
        ("neo4j+ssc://graph.example.org", r"neo4j\+s://"),
        ("bolt://127.0.0.1.example.org", r"bolt\+s://"),
        ("bolt://localhost.example.org", r"bolt\+s://"),
        ("bolt://0.0.0.0:7687", r"bolt\+s://"),
        ("bolt://[fe80::1]:7687", r"bolt\+s://"),
    ],
)
def test_a_line_that_others_can_read_is_refused_before_anything_is_said(uri, instead):
    settings = Settings(neo4j_uri=uri, neo4j_password=SecretStr("hunter2"))
    with pytest.raises(UsageError, match=instead) as refused, located(settings):
        pass
    assert "SPONSORGRAPH_NEO4J_UNPROTECTED" in str(refused.value)


@pytest.mark.parametrize(
    "uri",
    ["bolt://127.0.0.1:1", "neo4j://localhost", "bolt://[::1]:7687", "bolt+s://graph.example.org"],
)
def test_a_line_within_this_machine_or_encrypted_is_let_be(uri):
    with located(Settings(neo4j_uri=uri, neo4j_password=SecretStr("hunter2"))) as endpoint:
        assert endpoint.uri == uri


def test_who_guards_the_line_otherwise_may_say_so(monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "bolt://graph.example.org")
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")
    monkeypatch.setenv("SPONSORGRAPH_NEO4J_UNPROTECTED", "true")
    with located(settings_from_environment()) as endpoint:
        assert endpoint.shown == "graph.example.org"


def test_a_file_that_holds_no_authority_is_named(tmp_path):
    for file in (tmp_path / "nothing.pem", tmp_path / "notes.txt"):
        with suppress(FileExistsError):
            (tmp_path / "notes.txt").write_text("no certificate")
        endpoint = Endpoint("bolt+s://127.0.0.1:1", "neo4j", "hunter2", ca_file=file)
        with pytest.raises(UsageError, match=file.name) as refused, opened(endpoint):
            pass
        assert "SPONSORGRAPH_NEO4J_CA_FILE" in str(refused.value)
