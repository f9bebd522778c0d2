"""Trusted documents: known before they are asked, by the SHA-256 of their text."""

import hashlib

import orjson
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.asking import Asking
from api.commands.documents import documents_app
from api.http import RefusedError, read_request
from api.library import Request
from api.settings import ApiSettings
from api.trusted import load
from api.warming import plan_examples
from graph.errors import UsageError
from graph.sharing import SEES_EVERYTHING
from tests.api.conftest import EVERYBODY, PATIENT, SCHEMA, TODAY
from tests.audited import UNKEPT

FIND = "query Find($id: ID!) { child(id: $id) { id fullName } }"
COUNT = "query Count($court: String!, $n: Int) { hearings(court: $court, first: $n) { edges { node { id } } } }"
ONLY = ApiSettings(trusted_documents_only=True)


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def asking(*documents, allowed=PATIENT):
    asked = Asking(SCHEMA, allowed, lambda: TODAY, UNKEPT)
    asked.library.trust({sha(each): each for each in documents})
    return asked


async def nothing(_, __):
    return [[]]


async def never(_, __):
    raise AssertionError("this must not reach the graph")


@pytest.mark.parametrize(
    "sent",
    [
        {"documentId": f"sha256:{sha(FIND)}"},
        {"documentId": sha(FIND)},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(FIND)}}},
        {"query": FIND, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha(FIND)}}},
        {"query": FIND},
    ],
)
async def test_a_trusted_document_is_asked_for_by_its_id(sent):
    request = read_request(orjson.dumps({**sent, "variables": {"id": "child_x"}}))
    for allowed in (PATIENT, ONLY):
        response = await asking(FIND, allowed=allowed).answer(request, SEES_EVERYTHING, nothing)
        assert response.result.data == {"child": None}


async def test_a_trusted_document_is_read_once_however_many_others_are_asked():
    asked = asking(FIND)
    for n in range(1_100):
        await asked.answer(Request(f"{{ a{n}: __typename }}"), SEES_EVERYTHING, never)
    read = asked.documents["read"]
    request = Request(None, None, {"id": "x"}, sha(FIND))
    assert (await asked.answer(request, SEES_EVERYTHING, nothing)).executed
    assert asked.documents["read"] == read
    assert asked.documents["trusted"] == 1


async def test_an_unknown_id_is_answered_in_the_words_that_make_clients_send_the_text():
    response = await asking(FIND).answer(
        Request(None, document_id=sha(COUNT)), SEES_EVERYTHING, never
    )
    (error,) = response.result.errors or []
    assert error.message == "PersistedQueryNotFound"
    assert error.extensions == {"code": "PERSISTED_QUERY_NOT_FOUND"}
    with_text = Request(COUNT, None, {"court": "HOU"}, sha(COUNT))
    assert (await asking(FIND).answer(with_text, SEES_EVERYTHING, nothing)).executed
    other = Request(COUNT, None, {"court": "HOU"}, "sha256:" + "0" * 64)
    assert not (await asking(FIND).answer(other, SEES_EVERYTHING, never)).executed


@pytest.mark.parametrize(
    "text", ["{ __typename }", FIND + " ", "{ __schema { description } }", "{"]
)
async def test_where_only_trusted_documents_are_answered_every_other_is_refused(text):
    asked = asking(FIND, allowed=ONLY)
    for request in (Request(text), Request(text, document_id=sha(text))):
        response = await asked.answer(request, SEES_EVERYTHING, never)
        (error,) = response.result.errors or []
        assert error.extensions == {"code": "FORBIDDEN"}
        assert "documentId" in error.message
    assert asked.counts.refusals["not trusted"] == 2


async def test_a_trusted_document_may_not_ask_for_more_than_any_other():
    asked = asking(COUNT)
    request = Request(None, None, {"court": "HOU", "n": 10**9}, sha(COUNT))
    assert not (await asked.answer(request, SEES_EVERYTHING, never)).executed


@pytest.mark.parametrize(
    "sent", [{"documentId": 3}, {"documentId": None}, {"documentId": "", "query": 3}]
)
def test_an_id_is_a_text(sent):
    with pytest.raises(RefusedError):
        read_request(orjson.dumps(sent))


def test_every_manifest_that_client_tools_write_is_read(tmp_path):
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": sha(FIND), "name": "Find", "type": "query", "body": FIND}],
    }
    by_name = {"format": apollo["format"], "version": 1,
               "operations": {sha(COUNT): {"name": "Count", "type": "query", "body": COUNT}}}  # fmt: skip
    relay = {sha(FIND): FIND, f"sha256:{sha(COUNT)}": COUNT}
    both = {sha(FIND): FIND, sha(COUNT): COUNT}
    for name, content in {"a.json": apollo, "b.json": by_name, "c.json": relay}.items():
        (tmp_path / name).write_bytes(orjson.dumps(content))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "count.graphql").write_text(COUNT)
    assert load(tmp_path / "a.json") == {sha(FIND): FIND}
    assert load(tmp_path / "c.json") == both
    assert load(tmp_path / "inner" / "count.graphql") == {sha(COUNT): COUNT}
    assert load(tmp_path) == both


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (orjson.dumps({"0" * 64: FIND}), "another SHA-256"),
        (orjson.dumps({hashlib.md5(FIND.encode()).hexdigest(): FIND}), "SHA256"),
        (orjson.dumps({sha(FIND): 3}), "map hashes to texts"),
        (orjson.dumps([FIND]), "map hashes to texts"),
        (b"{", "not JSON"),
        (b"\xff", "UTF-8"),
        (b"{}", "holds no documents"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, content, sentence):
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        load(tmp_path / "manifest.json")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{ nobody }", "Cannot query field 'nobody'"),
        ("{", "Syntax Error"),
        (
            '{ hearings(court: "HOU", first: 100000) { edges { node { id } } } }',
            "asks for too much",
        ),
    ],
)
def test_a_document_that_could_not_be_answered_keeps_the_server_from_starting(
    tmp_path, served_settings, text, reason
):
    (tmp_path / "one.graphql").write_text(text)
    (tmp_path / "two.graphql").write_text(FIND)
    with pytest.raises(UsageError, match=reason) as refused:
        create_app(served_settings, ApiSettings(documents=tmp_path), admits=EVERYBODY)
    assert "1 of 2 trusted documents" in str(refused.value)
    assert sha(text)[:12] in str(refused.value)


async def test_a_trusted_document_is_planned_before_it_is_asked(ask):
    asked = asking(FIND, COUNT, allowed=ONLY)
    planned = []

    async def reads(text, parameters):
        planned.append(text)
        return await ask.reads(text, parameters)

    await plan_examples(asked, [SEES_EVERYTHING], reads)
    assert [text[:8] for text in planned] == ["EXPLAIN "] * 2
    made = asked.plans["made"]
    await asked.answer(
        Request(None, None, {"id": "child_x"}, sha(FIND)), SEES_EVERYTHING, ask.reads
    )
    assert planned[0] == f"EXPLAIN {ask.statements[-1][0]}"
    assert asked.plans["made"] == made
    assert asked.counts.operations == {("query", "answered"): 1}


def test_documents_are_checked_and_named_before_they_are_served(tmp_path):
    (tmp_path / "find.graphql").write_text(FIND)
    shown = CliRunner().invoke(documents_app, ["check", str(tmp_path), "--json"])
    (one,) = orjson.loads(shown.stdout)
    assert one == {
        "document": f"sha256:{sha(FIND)}",
        "operation": "Find",
        "kind": "query",
        "things": 1,
    }
    named = CliRunner().invoke(documents_app, ["hash", str(tmp_path)])
    (tmp_path / "manifest.json").write_text(named.stdout)
    assert load(tmp_path / "manifest.json") == {sha(FIND): FIND}
    (tmp_path / "other.graphql").write_text("{ nobody }")
    refused = CliRunner().invoke(documents_app, ["check", str(tmp_path)])
    assert isinstance(refused.exception, UsageError)
