"""What was taken back is refused, although it is signed well and its time is not over."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import orjson
import pytest
from typer.testing import CliRunner

from api.admission import NotAdmittedError, NotDecidedError
from api.commands.revoking import revoke_app
from api.identity.issuers import LONGEST_LEEWAY_SECONDS
from api.identity.revoked import Revocation, digest_of, file_of, revocations, revoke
from graph.errors import UsageError
from graph.settings import Settings
from tests.api.attacking import served_apart
from tests.api.identity.issuing import (
    EC,
    ICE,
    RSA,
    Clock,
    Published,
    an_issuer,
    bearing,
    claims,
    ices_issuer,
    identity,
    published,
    token,
)
from tests.api.sockets import listening, serving
from tests.signing import sign_ins

NEWS = "subscription { addressReported { ... on Event { cursor } } }"
HERS = "hhs/u-17"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys():
    return Published(published(RSA, "one"), published(EC, "ec"))


@pytest.fixture
def admits(clock, keys, tmp_path):
    return served(clock, keys, tmp_path)


def served(clock, keys, home):
    """Who is admitted by a process that serves from this home."""
    issuers = [
        (an_issuer(algorithms=["RS256", "ES256"]), keys),
        (ices_issuer(), keys),
    ]
    return identity(clock, issuers, file_of(home))


def command(home, *arguments, typed=None):
    return CliRunner().invoke(revoke_app, [*arguments], obj=Settings(home=home), input=typed)


def a_second_later(clock):
    clock.now += 1


async def reason(admits, text):
    with pytest.raises(NotAdmittedError) as refused:
        await admits(bearing(text))
    return refused.value.reason


async def test_a_stolen_token_is_refused_a_second_later_and_its_bearers_other_one_is_not(
    admits, clock, tmp_path
):
    stolen, other = token(claims(clock)), token(claims(clock, jti="another"))
    assert (await admits(bearing(stolen))).name == HERS
    said = command(tmp_path, "token", "-", "--why", "a lost laptop", typed=f"Bearer {stolen}\n")
    assert said.exit_code == 0, said.output
    a_second_later(clock)
    assert await reason(admits, stolen) == "revoked"
    assert (await admits(bearing(other))).name == HERS


async def test_a_token_is_known_again_with_its_signature_written_otherwise(admits, clock, tmp_path):
    """Of ES256 each signature has a twin that is as good, which whoever bears it can work out."""
    stolen = token(claims(clock), key=EC, kid="ec", algorithm="ES256")
    head, said, _ = stolen.split(".")
    assert digest_of(stolen) == digest_of(f"{head}.{said}.anything")
    command(tmp_path, "token", "-", "--why", "a lost laptop", typed=stolen)
    a_second_later(clock)
    assert await reason(admits, stolen) == "revoked"


async def test_all_that_a_person_had_is_refused_and_what_she_gets_later_is_not(
    admits, clock, tmp_path
):
    had = [token(claims(clock, jti=name)) for name in ("one", "two")]
    another = token(claims(clock, sub="u-18"))
    theirs = token(claims(clock, iss=ICE, roles=["fojc"], office="HOU"))
    assert command(tmp_path, "person", HERS, "--why", "she left").exit_code == 0
    a_second_later(clock)
    assert [await reason(admits, one) for one in had] == ["revoked", "revoked"]
    assert (await admits(bearing(another))).name == "hhs/u-18"
    # Of another issuer the same subject is another person.
    assert (await admits(bearing(theirs, purpose="COURT_NOTICE"))).name == "ice/u-17"
    clock.now += LONGEST_LEEWAY_SECONDS + 5
    assert (await admits(bearing(token(claims(clock))))).name == HERS


async def test_a_server_that_starts_later_heeds_it_and_so_does_another_of_the_home(
    admits, clock, keys, tmp_path
):
    stolen = token(claims(clock))
    another = served(clock, keys, tmp_path)
    await admits(bearing(stolen))
    await another(bearing(stolen))
    command(tmp_path, "token", "-", "--why", "a lost laptop", typed=stolen)
    a_second_later(clock)
    for one in (admits, another, served(clock, keys, tmp_path)):
        assert await reason(one, stolen) == "revoked"


async def test_nobody_is_admitted_while_it_cannot_be_read_who_is_barred(admits, clock, tmp_path):
    good = token(claims(clock))
    await admits(bearing(good))
    file_of(tmp_path).write_text('[{"token": "half of')
    a_second_later(clock)
    for _ in range(2):
        with pytest.raises(NotDecidedError):
            await admits(bearing(good))
    said = command(tmp_path, "person", HERS, "--why", "she left")
    assert isinstance(said.exception, UsageError)
    assert "nobody is admitted" in str(said.exception)
    file_of(tmp_path).unlink()
    assert (await admits(bearing(good))).name == HERS


@pytest.mark.parametrize("left", [None, "[]"])
async def test_who_is_barred_stays_so_though_the_list_is_lost_or_an_older_one_comes_back(
    admits, clock, tmp_path, left
):
    hers, stolen = token(claims(clock)), token(claims(clock, sub="u-18"))
    command(tmp_path, "person", HERS, "--why", "she left")
    command(tmp_path, "token", "-", "--why", "a lost laptop", typed=stolen)
    assert await reason(admits, hers) == "revoked"
    file_of(tmp_path).unlink()
    if left:
        file_of(tmp_path).write_text(left)
    a_second_later(clock)
    assert [await reason(admits, one) for one in (hers, stolen)] == ["revoked", "revoked"]
    assert (await admits(bearing(token(claims(clock, sub="u-19"))))).name == "hhs/u-19"


def test_what_can_bar_nobody_any_more_leaves(tmp_path):
    now = datetime.now(UTC)
    for days in (9, 6, 0):
        one = Revocation(person=f"hhs/{days}", at=now - timedelta(days=days), by="me", why="left")
        revoke(file_of(tmp_path), one)
    assert [one.person for one in revocations(file_of(tmp_path))] == ["hhs/6", "hhs/0"]
    assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600


def test_the_audit_and_the_list_say_who_barred_whom_and_neither_holds_a_token(tmp_path, clock):
    stolen = token(claims(clock))
    command(tmp_path, "token", "-", "--why", "a lost laptop", "--as", "officer", typed=stolen)
    command(tmp_path, "person", HERS, "--why", "she left", "--as", "officer")
    (segment,) = tmp_path.glob("audit/*.jsonl")
    rows = [orjson.loads(line) for line in segment.read_bytes().splitlines()]
    barred = [row for row in rows if row.get("kind") == "REVOKED"]
    assert [row["who"] for row in barred] == ["officer", "officer"]
    assert barred[0]["token"] == digest_of(stolen)
    assert barred[1]["whose"] == HERS
    listed = command(tmp_path, "list").stdout
    assert "a lost laptop" in listed
    assert HERS in listed
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert all(part.encode() not in kept for part in stolen.split("."))


@pytest.mark.parametrize("typed", ["", "x", "a.b", "a.b.c", "a.b.c d", "a.b.c.d"])
def test_what_is_no_token_is_not_revoked(tmp_path, typed):
    said = command(tmp_path, "token", "-", "--why", "a lost laptop", typed=typed)
    assert isinstance(said.exception, UsageError)
    assert not file_of(tmp_path).exists()


def test_whom_no_issuer_here_could_name_is_not_barred_in_silence(tmp_path, monkeypatch, clock):
    for name, value in sign_ins(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    mistyped = command(tmp_path, "person", "test/u-17", "--why", "she left")
    assert str(mistyped.exception) == "No issuer goes by that here: it is one of tests."
    of_another = command(tmp_path, "token", "-", "--why", "lost", typed=token(claims(clock)))
    assert "of no issuer that is known here" in str(of_another.exception)
    assert not file_of(tmp_path).exists()
    assert (
        command(tmp_path, "person", "-", "--why", "she left", typed="tests/u-17\n").exit_code == 0
    )


def test_a_list_that_anybody_may_change_is_none(tmp_path):
    command(tmp_path, "person", HERS, "--why", "she left")
    file_of(tmp_path).chmod(0o666)
    with pytest.raises(UsageError, match="chmod o-w"):
        revocations(file_of(tmp_path))


def test_a_server_as_it_is_started_heeds_it(served_settings):
    with served_apart(served_settings) as server:
        address, headers = f"{server.url}/graphql", server.sign_ins.headers()
        asks = partial(httpx.post, address, json={"query": "{ viewer { name } }"}, headers=headers)
        assert asks().json()["data"]["viewer"]["name"] == "tests/tester"
        said = command(served_settings.home, "person", "tests/tester", "--why", "a trial")
        assert said.exit_code == 0, said.output
        time.sleep(1.1)
        try:
            assert asks().status_code == 401
        finally:
            file_of(served_settings.home).unlink()


async def test_an_open_subscription_ends_when_its_token_is_taken_back(
    served_settings, world, clock, keys, tmp_path
):
    admits, stolen = served(clock, keys, tmp_path), token(claims(clock))
    async with (
        serving(served_settings, admits=admits, seconds_between_checks=0.2) as url,
        listening(url) as client,
    ):
        await client.introduce(**bearing(stolen))
        await client.subscribe(NEWS)
        assert await client.hears_nothing()
        command(tmp_path, "token", "-", "--why", "a lost laptop", typed=stolen)
        a_second_later(clock)
        assert await client.closed() == (4403, "The token was taken back: sign in again.")
