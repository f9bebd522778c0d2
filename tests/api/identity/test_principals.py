"""Who bears a token: a name, and no role or office that their issuer may not give."""

import pytest

from api.admission import NotAdmittedError, NotAllowedError
from api.identity.principals import principal_of
from tests.api.identity.issuing import (
    ANOTHER_RSA,
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


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def admits(clock):
    hhs, ice = Published(published(RSA, "one")), Published(published(ANOTHER_RSA, "one"))
    return identity(clock, [(an_issuer(), hhs), (ices_issuer(), ice)])


def test_a_role_is_one_that_the_issuer_may_give_whatever_its_token_says():
    hhs = an_issuer()
    for claimed in (["fojc"], ["ERO_FOJC"], ["caseworker", "fojc", "PRIVACY_OFFICER"], "fojc",
                    {"fojc": True}, [["fojc"]], 7, None):  # fmt: skip
        said = {"sub": "u-17", "roles": claimed}
        assert principal_of(said, hhs).roles <= {"ORR_CASEWORKER"}


def test_one_role_may_be_said_without_a_list_and_is_not_read_letter_by_letter():
    one = an_issuer(roles={"caseworker": "ORR_CASEWORKER", "c": "ORR_TRIAGE"})
    assert principal_of({"sub": "u", "roles": "caseworker"}, one).roles == {"ORR_CASEWORKER"}


def test_claims_are_found_where_the_issuer_keeps_them():
    deep = an_issuer(claims={"name": "preferred_username", "roles": "realm_access.roles"})
    found = principal_of(
        {"sub": "u", "preferred_username": "ana", "realm_access": {"roles": ["caseworker"]}}, deep
    )
    assert (found.name, found.agency) == ("hhs/ana", "ORR")
    assert found.roles == {"ORR_CASEWORKER"}
    azure = an_issuer(claims={"roles": "https://x.example/roles"})
    assert principal_of({"sub": "u", "https://x.example/roles": ["caseworker"]}, azure).roles


def test_an_office_is_the_same_however_the_issuer_writes_it():
    for written in ("ERO Houston Field Office", "houston", ["HOUSTON", "Houston, TX"]):
        said = {"sub": "u", "roles": ["fojc"], "office": written}
        assert principal_of(said, ices_issuer()).scopes == {"office/HOUSTON"}


def test_a_scope_that_is_none_opens_nothing():
    for written in ("../office/HOUSTON", "17/../18", "", " ", 17, {"17": 1}, "x" * 101):
        said = {"sub": "u", "roles": ["provider"], "facility": written}
        assert principal_of(said, an_issuer()).scopes == frozenset()
    said = {"sub": "u", "roles": ["provider"], "facility": ["17", "18"]}
    assert principal_of(said, an_issuer()).scopes == {"provider/17", "provider/18"}


def test_a_group_may_stand_for_a_role_and_an_office_together():
    group = {"role": "ERO_FOJC", "scopes": ["office/HOUSTON"]}
    ice = ices_issuer(
        roles={"HOU-FOJC": group, "ELP-FOJC": {**group, "scopes": ["office/EL_PASO"]}}
    )
    found = principal_of({"sub": "u", "roles": ["HOU-FOJC"]}, ice)
    assert found.roles == {"ERO_FOJC"}
    assert found.scopes == {"office/HOUSTON"}


def test_a_feed_has_its_role_by_its_subject():
    doj = an_issuer(label="doj", agency="EOIR", roles={}, services={"feed-1": "EOIR_FEED"})
    assert principal_of({"sub": "feed-1"}, doj).roles == {"EOIR_FEED"}
    assert principal_of({"sub": "feed-2"}, doj).roles == frozenset()
    assert principal_of({"sub": "feed-2", "client_id": "feed-1"}, doj).roles == frozenset()


async def test_another_issuers_role_is_none_of_yours(admits, clock):
    with pytest.raises(NotAllowedError) as refused:
        await admits(bearing(token(claims(clock, roles=["fojc"]))))
    assert refused.value.reason == "no_role"
    with pytest.raises(NotAllowedError) as refused:
        await admits(bearing(token(claims(clock)), role="ERO_FOJC"))
    assert refused.value.reason == "not_your_role"
    ices = token(claims(clock, iss=ICE, roles=["caseworker"]), ANOTHER_RSA)
    with pytest.raises(NotAllowedError) as refused:
        await admits(bearing(ices))
    assert refused.value.reason == "no_role"


async def test_who_has_several_roles_says_in_which_they_ask(admits, clock):
    both = token(claims(clock, roles=["caseworker", "provider"], facility="17"))
    with pytest.raises(NotAllowedError, match="CARE_PROVIDER, ORR_CASEWORKER"):
        await admits(bearing(both, purpose="CASE_MANAGEMENT"))
    viewer = await admits(bearing(both, purpose="CASE_MANAGEMENT", role="CARE_PROVIDER"))
    assert viewer.role == "CARE_PROVIDER"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"purpose": ""}, "no_purpose"),
        ({"purpose": "ENFORCEMENT"}, "not_your_purpose"),
        ({"purpose": "child_safety"}, "not_your_purpose"),
        ({"purpose": "COURT_NOTICE"}, "not_your_purpose"),  # ICE's, not ORR's
        ({"role": "BOSS"}, "not_your_role"),
        ({"basis": ""}, "no_basis"),
    ],
)
async def test_a_purpose_is_one_of_the_roles_own(admits, clock, said, word):
    with pytest.raises(NotAllowedError) as refused:
        await admits(bearing(token(claims(clock)), **said))
    assert refused.value.reason == word


async def test_without_a_purpose_nobody_asks(admits, clock):
    presented = bearing(token(claims(clock)))
    del presented["purpose"]
    with pytest.raises(NotAllowedError) as refused:
        await admits(presented)
    assert refused.value.reason == "no_purpose"


@pytest.mark.parametrize("scheme", ["", "Basic dTpw", "Bearer", "Bearer ", "Token x"])
async def test_without_a_token_nobody_asks(admits, scheme):
    with pytest.raises(NotAdmittedError) as refused:
        await admits({"authorization": scheme, "purpose": "CHILD_SAFETY"})
    assert refused.value.reason == "no token"


async def test_a_socket_may_spell_names_as_headers_are_but_say_each_once(admits, clock):
    bearer = f"bearer {token(claims(clock))}"
    said = {"Authorization": bearer, "Sponsorgraph-Purpose": "CHILD_SAFETY",
            "sponsorgraph-basis": "45 CFR 410.1302", "other": {"a": 1}}  # fmt: skip
    assert (await admits(said)).purpose == "CHILD_SAFETY"
    with pytest.raises(NotAdmittedError) as refused:
        await admits({**said, "purpose": "CHILD_SAFETY"})
    assert refused.value.reason == "twice"
    with pytest.raises(NotAdmittedError):
        await admits({**said, "Authorization": [bearer]})
