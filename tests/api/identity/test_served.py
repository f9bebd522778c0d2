"""The served application and its sockets: who may not ask is told so, and nothing is read."""

import logging

import httpx
import pytest
import pytest_asyncio

from api.app import create_app
from graph.sharing.asking import NotAllowedError, viewer_of
from tests.api.conftest import PATIENT, TODAY
from tests.api.identity.issuing import (
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

QUESTION = {"query": '{ child(id: "child_1") { id } }'}
NEWS = "subscription { addressReported { ... on Event { cursor } } }"
PURPOSE = {"Sponsorgraph-Purpose": "CHILD_SAFETY", "Sponsorgraph-Basis": "45 CFR 410.1302"}


@pytest.fixture(scope="module")
def clock():
    return Clock()


@pytest.fixture(scope="module")
def admits(clock):
    keys = Published(published(RSA, "one"))
    return identity(clock, [(an_issuer(), keys), (ices_issuer(), keys)])


@pytest_asyncio.fixture(scope="module")
async def application(served_settings, admits):
    """It answers as served; `statements` are those that reached the database."""
    app = create_app(
        served_settings,
        PATIENT.model_copy(update={"metrics": True}),
        admits=admits,
        clock=lambda: TODAY,
    )
    async with app.router.lifespan_context(app):
        reads, app.state.statements = app.state.reads, []

        async def counted(text, parameters):
            app.state.statements.append(text)
            return await reads(text, parameters)

        app.state.reads = counted
        yield app


@pytest_asyncio.fixture
async def asks(application):
    application.state.statements.clear()
    transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:

        async def ask(*headers, **more):
            return await client.post("/graphql", json=QUESTION, headers=list(headers), **more)

        yield ask


def signed(text, **more):
    return [("Authorization", f"Bearer {text}"), *{**PURPOSE, **more}.items()]


async def test_who_bears_a_token_and_says_to_what_end_is_answered(asks, clock, application, world):
    answer = await asks(*signed(token(claims(clock))))
    assert answer.json() == {"data": {"child": None}} | (
        {"extensions": answer.json()["extensions"]} if "extensions" in answer.json() else {}
    )
    assert len(application.state.statements) == 1


async def test_a_stranger_is_told_how_to_sign_in_and_nothing_is_read(asks, application, clock):
    for headers in ([], [("Authorization", "Basic dTpw")], signed("x"),
                    signed(token(claims(clock, exp=1))), signed(token(claims(clock, aud="x")))):  # fmt: skip
        answer = await asks(*headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="sponsorgraph"'
        (error,) = answer.json()["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}
    assert application.state.statements == []


async def test_two_tokens_are_none(asks, application, clock):
    good = signed(token(claims(clock)))
    for twice in (good[0], ("authorization", "Bearer x"), good[1]):
        answer = await asks(*good, twice)
        assert answer.status_code == 401
        assert "once" in answer.json()["errors"][0]["message"]
    assert application.state.statements == []


@pytest.mark.parametrize(
    ("instead", "word"),
    [
        ({"Sponsorgraph-Purpose": ""}, "no_purpose"),
        ({"Sponsorgraph-Purpose": "COURT_NOTICE"}, "not_your_purpose"),
        ({"Sponsorgraph-Purpose": "TRAFFICKING_CASE"}, "not_your_purpose"),
        ({"Sponsorgraph-Purpose": "DEPORTATION"}, "not_your_purpose"),
        ({"Sponsorgraph-Basis": ""}, "no_basis"),
        ({"Sponsorgraph-Case": "C-1"}, "needless_case"),
        ({"Sponsorgraph-Role": "ERO_FOJC"}, "not_your_role"),
        ({"Sponsorgraph-Role": "PRIVACY_OFFICER"}, "not_your_role"),
    ],
)
async def test_to_no_end_or_to_one_that_is_not_the_roles_nothing_is_read(
    asks, application, clock, instead, word
):
    before = application.state.counts.refusals[word]
    answer = await asks(*signed(token(claims(clock)), **instead))
    assert answer.status_code == 403
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "FORBIDDEN"}
    assert error["message"].endswith(".")
    assert application.state.counts.refusals[word] == before + 1
    assert application.state.statements == []


async def test_a_token_is_in_no_log_and_in_no_answer(asks, clock, caplog):
    secret = token(claims(clock, sub="somebody-by-name", exp=1, aud="another-secret"))
    with caplog.at_level(logging.DEBUG):
        answers = [
            await asks(*signed(secret)),
            await asks(*signed(token(claims(clock, roles=["their-own-word"])))),
            await asks(*signed(token(claims(clock)), **{"Sponsorgraph-Purpose": "my-own-word"})),
        ]
    told = caplog.text + "".join(answer.text + str(answer.headers) for answer in answers)
    for word in ("somebody-by-name", "another-secret", secret, "their-own-word", "my-own-word"):
        assert word not in told


async def test_refusals_are_counted_by_words_of_ours(application, clock):
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        for text in ("my-own-word", token(claims(clock, iss="my-own-word"))):
            await client.post("/graphql", json=QUESTION, headers=dict(signed(text)))
        told = (await client.get("/metrics")).text
        assert 'sponsorgraph_refusals_total{reason="issuer"}' in told
        assert "my-own-word" not in told
        for open_to_all in ("/health", "/ready"):
            assert (await client.get(open_to_all)).status_code == 200


async def test_a_socket_is_signed_in_by_its_first_message(served_settings, admits, clock, world):
    good = bearing(token(claims(clock)))
    spelt = {"Authorization": good["authorization"], **PURPOSE}
    async with serving(served_settings, admits=admits) as url:
        for presented in (good, spelt):
            async with listening(url) as client:
                await client.introduce(**presented)
                await client.send(id="1", type="subscribe", payload=QUESTION)
                assert (await client.receive())["payload"]["data"] == {"child": None}
        for presented in ({}, {**good, "purpose": "COURT_NOTICE"}, {**good, "role": "ERO_FOJC"},
                          {**good, "authorization": "Bearer x"}, {**good, "purpose": ["x"]},
                          {**good, **spelt}):  # fmt: skip
            async with listening(url) as client:
                await client.send(type="connection_init", payload=presented)
                code, reason = await client.closed()
                assert code == 4403
                assert reason


async def test_an_open_subscription_ends_when_its_token_does(served_settings, world):
    clock = Clock()
    admits = identity(clock, [(an_issuer(), Published(published(RSA, "one")))])
    async with serving(served_settings, admits=admits, seconds_between_checks=0.2) as url:
        async with listening(url) as quiet:
            await quiet.introduce(**bearing(token(claims(clock))))
            await quiet.subscribe(NEWS)
            clock.now += 3600
            assert await quiet.hears_nothing()  # the leeway
            clock.now += 31
            assert await quiet.closed() == (4403, "The token has expired: sign in again.")
        async with listening(url) as late:
            await late.introduce(**bearing(token(claims(clock))))
            clock.now += 3700
            await late.subscribe(NEWS)
            assert (await late.closed())[0] == 4403


async def test_an_open_subscription_ends_when_the_rules_of_a_new_day_close_it(
    served_settings, world, monkeypatch
):
    clock, days = Clock(), [TODAY]
    admits = identity(clock, [(an_issuer(), Published(published(RSA, "one")))])
    admits._today = lambda: days[-1]

    def by_the_day(*asked):
        if asked[-1] > TODAY:
            raise NotAllowedError("not_your_purpose", "No longer to that end.")
        return viewer_of(*asked)

    monkeypatch.setattr("api.identity.admitting.viewer_of", by_the_day)
    async with (
        serving(served_settings, admits=admits, seconds_between_checks=0.2) as url,
        listening(url) as client,
    ):
        await client.introduce(**bearing(token(claims(clock))))
        await client.subscribe(NEWS)
        days.append(TODAY.replace(day=2))
        assert await client.closed() == (4403, "No longer to that end.")
