"""What a row says of an operation, and what it keeps to itself."""

import pytest

from api.admission import NotAdmittedError, NotAllowedError, NotDecidedError
from api.audit.key import key_of
from api.audit.recording import Recording
from api.audit.rows import digest_of_text, keyed_digest
from api.audit.segments import AuditUnavailableError
from api.audit.verifying import verify
from api.library import Request
from graph.sharing import SEES_EVERYTHING
from graph.vocabulary.viewers import ViewerRole
from tests.api.audit.asking import BASIS, Audited, an_officer, somebody
from tests.audited import Rows

CHILD = "query ($id: ID!) { child(id: $id) { fullName } }"
BY_NUMBER = 'query AnaReyes { child(aNumber: "A000123456") { id Ana_Reyes: fullName } }'


@pytest.fixture
async def audited(async_door, tmp_path):
    asked = Audited(async_door, tmp_path)
    yield asked
    await asked.audit.close()


async def test_a_row_says_who_why_which_fields_and_whose_ids(world, audited):
    child = await world.a_child()
    await audited(somebody(), CHILD, id=child)
    (row,) = audited.rows
    assert row["kind"] == "ANSWERED"
    assert (row["who"], row["role"], row["agency"]) == ("hhs/8f3c", "ORR_CASEWORKER", "ORR")
    assert (row["purpose"], row["basis"]) == ("CASE_MANAGEMENT", BASIS)
    assert row["asks"] == "query child"
    assert row["read"] == {"CHILD_NAME": ["Child.fullName"], "CHILD_ID": ["Query.child"]}
    assert (row["about"], row["seen"], row["statements"]) == ([child], [child], 1)


async def test_no_name_number_address_or_word_of_a_request_is_in_the_files(world, audited):
    child = await world.a_child("A000123456", "Ana", "Reyes")
    address = await world.an_address("12 Oak St", city="Houston")
    await world.lives_at(child, address)
    await world.a_hearing(child)
    question = """query ($name: String!) { children(name: $name) { edges { node {
      fullName aNumber addressHistory { address { line1 city } } } } } }"""
    await audited(somebody(), question, name="Ana Reyes")
    await audited(somebody(), BY_NUMBER)
    await audited.response(somebody(), '{ child(id: "Ana Reyes of 12 Oak St") { id } }')
    await audited.response(somebody(), CHILD, id="Ana Reyes, A000123456")
    await audited.response(somebody(), '{ children(name: "Ana", first: 999) { edges { cursor } } }')
    await audited.response(somebody(), "{ AnaReyes }")
    files = b"".join(file.read_bytes() for file in audited.audit.folder.iterdir())
    for word in (b"Ana", b"Reyes", b"reyes", b"000123456", b"Oak", b"Houston"):
        assert word not in files
    assert child.encode() in files
    assert verify(audited.audit.folder).fault is None


async def test_whoever_knows_the_words_finds_by_the_key_whether_they_were_asked(world, audited):
    await audited(somebody(), CHILD, id="child_x")
    (row,) = audited.rows
    key, text = key_of(audited.audit.folder), digest_of_text(CHILD)
    assert row["asked"] == keyed_digest(key, text, None, {"id": "child_x"})
    assert row["asked"] != keyed_digest(key, text, None, {"id": "child_y"})
    assert row["asked"] != keyed_digest(b"another key", text, None, {"id": "child_x"})


async def test_a_question_is_defined_once_for_all_who_pass_the_same_gate(world, audited):
    for name in ("a", "b", "a"):
        await audited(somebody(name=name), CHILD, id="child_x")
    assert verify(audited.audit.folder).rows == 1 + 1 + 3


async def test_what_is_left_empty_is_named(world, audited):
    child = await world.a_child()
    await audited(an_officer(), CHILD, id=child)
    (row,) = audited.rows
    assert row["redacted"] == {"CHILD_NAME": ["Child.fullName"]}
    assert "CHILD_NAME" not in row["read"]


async def test_a_refusal_is_a_row_and_names_the_fields(audited):
    response = await audited.response(somebody(), "{ auditLog { next } }")
    assert response.result.errors[0].extensions == {"code": "FORBIDDEN"}
    (row,) = audited.rows
    assert (row["kind"], row["reason"], row["who"]) == ("REFUSED", "closed", "hhs/8f3c")
    assert "Query.auditLog" in row["refused"]


async def test_a_change_is_a_row_before_and_after(world, audited):
    change = """mutation ($input: RetractJudgementInput!) { retractJudgement(input: $input) {
      __typename } }"""
    given = {"id": "judgement_x", "reason": "mistaken", "key": "k"}
    await audited(SEES_EVERYTHING, change, input=given)
    assert [row["kind"] for row in audited.rows] == ["BEGUN", "ANSWERED"]


async def test_a_change_that_cannot_be_recorded_is_not_made(async_door, tmp_path):
    rows = Rows()
    rows.fails = AuditUnavailableError("full")
    asked = Audited(async_door, tmp_path)
    asked.asking._audit, asked.asking.recording = rows, Recording(rows)

    async def never(*_):
        raise AssertionError("nothing is written without its row")

    given = {"id": "judgement_x", "reason": "mistaken", "key": "k"}
    request = Request(
        "mutation ($i: RetractJudgementInput!) { retractJudgement(input: $i) { __typename } }",
        None,
        {"i": given},
    )
    response = await asked.asking.answer(request, SEES_EVERYTHING, never, never)
    assert response.status == 503
    assert not response.executed


async def test_an_answer_that_cannot_be_recorded_does_not_leave(world, audited):
    child = await world.a_child()
    await audited(somebody(), CHILD, id=child)
    audited.audit._log.folder = audited.audit.folder / "lock"
    audited.audit._log.close()
    response = await audited.response(somebody(), CHILD, id=child)
    assert response.result.data is None
    assert (response.executed, response.status) == (False, 503)
    assert response.result.errors[0].extensions == {"code": "UNAVAILABLE"}
    assert "recorded" in response.result.errors[0].message
    assert audited.audit.fault


async def test_whoever_is_known_and_may_not_ask_is_refused_by_name():
    rows = Rows()
    recording = Recording(rows)

    async def without_purpose(_):
        raise NotAllowedError("Say to what end.", "purpose", "hhs/8f3c")

    with pytest.raises(NotAllowedError):
        await recording.watching(without_purpose)({})
    assert rows.rows == [{"kind": "REFUSED", "who": "hhs/8f3c", "reason": "purpose"}]


async def test_a_flood_of_strangers_is_counted_in_few_rows():
    rows = Rows()
    recording = Recording(rows)

    async def stranger(_):
        raise NotAdmittedError("Who are you?", "no token")

    for _ in range(1_000):
        with pytest.raises(NotAdmittedError):
            await recording.watching(stranger)({})
    assert len(rows.rows) == 1
    await recording.tell_of_strangers()
    assert [row["reasons"] for row in rows.rows] == [{"no token": 1}, {"no token": 999}]


async def test_strangers_who_could_not_be_recorded_are_counted_in_the_next_row():
    rows = Rows()
    recording = Recording(rows)
    rows.fails = AuditUnavailableError("full")
    with pytest.raises(AuditUnavailableError):
        await recording.turned_away("no token")
    rows.fails = None
    await recording.turned_away("expired")
    await recording.tell_of_strangers()
    assert [row["reasons"] for row in rows.rows] == [{"no token": 1, "expired": 1}]


async def test_a_key_that_is_lost_is_not_replaced_in_silence(world, audited):
    await audited(somebody(ViewerRole.ORR_CASEWORKER), CHILD, id="child_x")
    (audited.audit.folder / "key").unlink()
    with pytest.raises(AuditUnavailableError, match="if it is lost, write 64 random"):
        key_of(audited.audit.folder)
    assert not (audited.audit.folder / "key").exists()
    (audited.audit.folder / "key").write_text("5" * 64)
    assert key_of(audited.audit.folder) == bytes.fromhex("5" * 64)


@pytest.mark.parametrize("left", ["", "ab", "no key"])
def test_a_key_that_is_not_as_it_was_written_is_no_key(tmp_path, left):
    (tmp_path / "key").write_text(left)
    with pytest.raises(AuditUnavailableError, match="give it back"):
        key_of(tmp_path)


async def test_a_refusal_that_cannot_be_recorded_is_told_as_that():
    rows = Rows()
    rows.fails = AuditUnavailableError("full")

    async def without_purpose(_):
        raise NotAllowedError("Say to what end.", "purpose", "hhs/8f3c")

    with pytest.raises(NotDecidedError, match="recorded"):
        await Recording(rows).watching(without_purpose)({})


async def test_a_row_says_in_which_role_somebody_asked(world, audited):
    for role in (ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER):
        await audited(somebody(role), CHILD, id="child_x")
    assert [row["role"] for row in audited.rows] == ["ORR_TRIAGE", "ORR_CASEWORKER"]
