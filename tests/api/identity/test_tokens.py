"""Every way in which a token can be wrong, and that a right one is taken until its time is over."""

import asyncio
import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.admission import NotAdmittedError, NotDecidedError
from tests.api.identity.issuing import (
    ANOTHER_RSA,
    EC,
    ED,
    ICE,
    RSA,
    WEAK_RSA,
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


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys():
    return Published(published(RSA, "one"), published(ANOTHER_RSA, "two"), published(EC, "ec"))


@pytest.fixture
def admits(clock, keys):
    return identity(clock, [(an_issuer(), keys)])


async def reason(admits, text, **said):
    with pytest.raises(NotAdmittedError) as refused:
        await admits(bearing(text, **said))
    return refused.value.reason


def unsigned(said, **header):
    parts = [{"alg": "none", "typ": "JWT", "kid": "one", **header}, said]
    return ".".join([*(_base64(json.dumps(part).encode()) for part in parts), ""])


def _base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def test_a_token_of_a_known_issuer_says_who_asks(admits, clock):
    viewer = await admits(bearing(token(claims(clock))))
    assert viewer.name == "hhs/u-17"
    assert viewer.role == "ORR_CASEWORKER"
    assert viewer.purpose == "CHILD_SAFETY"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("expired", {"exp": -31}),
        ("too early", {"nbf": 31}),
        ("too early", {"iat": 31, "nbf": None}),
        ("expired", {"iat": -25 * 3600, "exp": 3600}),  # older than any may be
        ("audience", {"aud": "another"}),
        ("audience", {"aud": ["another", "third"]}),
        ("issuer", {"iss": "https://login.elsewhere.example"}),
        ("issuer", {"iss": "https://login.hhs.example/"}),
        ("malformed", {"iss": None}),
        ("claims", {"exp": None}),
        ("claims", {"iat": None}),
        ("claims", {"aud": None}),
        ("claims", {"sub": None}),
        ("claims", {"sub": ""}),
        ("claims", {"sub": "two\nlines"}),
        ("claims", {"sub": "x" * 201}),
        ("claims", {"exp": "2099-01-01"}),
        ("claims", {"exp": True}),
        ("claims", {"exp": 1e300}),
    ],
)
async def test_what_a_token_says_must_be_so(admits, clock, word, said):
    moved = {
        name: int(clock.now) + value
        if name in ("exp", "nbf", "iat") and type(value) is int
        else value
        for name, value in said.items()
    }
    # None leaves a claim out, which `claims` does too.
    assert await reason(admits, token(claims(clock, **moved))) == word


async def test_the_issuers_leeway_is_all_that_clocks_may_differ(admits, clock):
    assert await admits(bearing(token(claims(clock, exp=int(clock.now) - 29))))
    assert await admits(bearing(token(claims(clock, nbf=int(clock.now) + 29))))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE"])
async def test_an_unsigned_token_is_none(admits, clock, algorithm):
    assert await reason(admits, unsigned(claims(clock), alg=algorithm)) in ("algorithm", "key")


async def test_a_public_key_is_no_shared_secret(admits, clock):
    secret = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header = _base64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    body = _base64(json.dumps(claims(clock)).encode())
    signed = jwt.api_jws.get_algorithm_by_name("HS256").sign(f"{header}.{body}".encode(), secret)
    assert await reason(admits, f"{header}.{body}.{_base64(signed)}") == "algorithm"


async def test_a_token_cannot_choose_another_of_the_issuers_algorithms(admits, clock):
    for algorithm in ("RS384", "RS512", "PS256"):
        assert await reason(admits, token(claims(clock), algorithm=algorithm)) == "algorithm"
    assert await reason(admits, token(claims(clock), EC, "ec", "ES256")) == "algorithm"


async def test_a_key_that_the_token_brings_itself_counts_for_nothing(admits, clock):
    own = published(EC, "mine")
    for header in ({"jwk": own}, {"jku": "https://evil.example"}, {"x5u": "https://evil.example"}):
        stolen = token(claims(clock), ANOTHER_RSA, "one", **header)
        assert await reason(admits, stolen) == "signature"


async def test_a_token_signed_with_one_key_under_the_name_of_another_is_refused(admits, clock):
    assert await reason(admits, token(claims(clock), RSA, "two")) == "signature"
    assert await admits(bearing(token(claims(clock), ANOTHER_RSA, "two")))


@pytest.mark.parametrize("kid", [None, "", "unknown", "../../etc/passwd", "x" * 600])
async def test_a_key_goes_by_its_name(admits, clock, kid):
    assert await reason(admits, token(claims(clock), kid=kid)) == "key"


async def test_every_byte_of_a_token_is_signed(admits, clock):
    good = token(claims(clock))
    head, body, signature = good.split(".")
    more = json.loads(base64.urlsafe_b64decode(body + "=="))
    more["roles"] = ["caseworker", "provider"]
    forged = _base64(json.dumps(more).encode())
    assert await reason(admits, f"{head}.{forged}.{signature}") == "signature"
    flipped = signature[:-4] + ("AAAA" if signature[-4:] != "AAAA" else "BBBB")
    assert await reason(admits, f"{head}.{body}.{flipped}") in ("signature", "malformed")
    assert await reason(admits, f"{head}.{body}.") in ("signature", "malformed")


@pytest.mark.parametrize(
    "text",
    ["x", "a.b", "a.b.c", "a.b.c.d.e", "....", "\N{SNOWMAN}", "e30.e30.e30", "bnVsbA.bnVsbA.", "W10.W10.W10",
     _base64(b'{"alg":' + b"[" * 5000) + ".e30.e30"],
)  # fmt: skip
async def test_what_is_no_token_is_refused_as_such(admits, text):
    assert await reason(admits, text) == "malformed"


async def test_a_token_too_large_is_not_read(admits, clock, keys):
    large = token(claims(clock, groups=["x" * 100] * 200))
    assert await reason(admits, large) == "too large"
    assert keys.asked == 0


async def test_a_header_that_must_be_understood_is_not_ignored(admits, clock):
    assert await reason(admits, token(claims(clock), crit=["exp"], exp=1)) == "malformed"


async def test_the_type_is_checked_where_the_issuer_has_one(clock, keys):
    admits = identity(clock, [(an_issuer(type="at+jwt"), keys)])
    assert await reason(admits, token(claims(clock))) == "type"
    assert await reason(admits, token(claims(clock), typ="id+jwt")) == "type"
    for kind in ("at+jwt", "AT+JWT", "application/at+jwt"):
        assert await admits(bearing(token(claims(clock), typ=kind)))


@pytest.mark.parametrize(("key", "algorithm"), [(EC, "ES256"), (ED, "EdDSA"), (RSA, "PS512")])
async def test_each_kind_of_key_signs_in_its_own_way(clock, key, algorithm):
    keys = Published(published(key, "one"))
    admits = identity(clock, [(an_issuer(algorithms=[algorithm]), keys)])
    assert await admits(bearing(token(claims(clock), key, algorithm=algorithm)))


async def test_keys_that_are_weak_secret_private_or_for_something_else_are_not_used(clock):
    private = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA))
    for bad in (
        published(WEAK_RSA, "one"),
        {"kty": "oct", "kid": "one", "k": _base64(b"secret" * 8), "alg": "RS256"},
        {**private, "kid": "one"},
        published(RSA, "one", use="enc"),
        published(RSA, "one", key_ops=["encrypt"]),
        published(RSA, "one", alg="RS512"),
        {"kty": "RSA", "kid": "one", "n": "!", "e": "AQAB"},
        {"kid": "one"},
    ):
        admits = identity(clock, [(an_issuer(), Published(bad))])
        key = WEAK_RSA if bad == published(WEAK_RSA, "one") else RSA
        assert await reason(admits, token(claims(clock), key)) == "key"


async def test_a_token_that_was_good_is_looked_at_again_at_each_use(admits, clock, keys):
    presented = bearing(token(claims(clock)))
    assert await admits(presented) is await admits(presented)
    clock.now += 3600 + 29
    assert await admits(presented)
    clock.now += 2
    with pytest.raises(NotAdmittedError) as refused:
        await admits(presented)
    assert refused.value.reason == "expired"


async def test_a_key_that_is_taken_back_takes_its_tokens_with_it(admits, clock, keys):
    presented = bearing(token(claims(clock, exp=int(clock.now) + 20_000)))
    assert await admits(presented)
    keys.keys = [published(ANOTHER_RSA, "two")]
    clock.now += 601
    await admits(presented)  # what is old is looked at anew meanwhile
    await asyncio.sleep(0.01)
    assert await reason(admits, presented["authorization"].split()[1]) == "key"


async def test_one_issuers_key_proves_nothing_of_anothers_tokens(clock):
    hhs, ice = Published(published(RSA, "one")), Published(published(ANOTHER_RSA, "one"))
    admits = identity(clock, [(an_issuer(), hhs), (ices_issuer(), ice)])
    assert await reason(admits, token(claims(clock, iss=ICE))) == "signature"
    assert (await admits(bearing(token(claims(clock, iss=ICE, roles=["fojc"]), ANOTHER_RSA),
                                 purpose="COURT_NOTICE"))).name == "ice/u-17"  # fmt: skip


async def test_where_the_keys_cannot_be_had_nobody_is_called_a_stranger(admits, clock, keys):
    keys.is_down = True
    with pytest.raises(NotDecidedError) as undecided:
        await admits(bearing(token(claims(clock))))
    assert undecided.value.status == 503
