"""`sponsorgraph audit`, as whoever looks after it uses it."""

import json

import orjson
import pytest
from typer.testing import CliRunner

from api.audit.key import key_of
from api.audit.log import Entry
from api.audit.rows import digest_of_text, keyed_digest, plain
from api.commands.audit import audit_app
from graph.errors import UsageError
from graph.settings import Settings
from tests.api.audit.chains import a_log, an_entry, lines, segments, written


def audit(home, *arguments):
    return CliRunner().invoke(audit_app, [*arguments], obj=Settings(home=home))


def test_verify_says_how_far_the_audit_is_as_it_was_written(tmp_path):
    written(tmp_path)
    said = audit(tmp_path, "verify")
    assert said.exit_code == 0
    assert said.stdout.startswith(
        "7 rows in 1 segments are as written.\nThe last is row 7, of 2026-"
    )
    assert "Only an anchor can tell whether rows were cut off the end" in said.stdout


def test_verify_names_the_first_altered_row_and_fails(tmp_path):
    (file,) = segments(written(tmp_path))
    file.write_bytes(file.read_bytes().replace(b'"number":3', b'"number":4'))
    said = audit(tmp_path, "verify")
    assert said.exit_code == 1
    assert said.stdout.startswith(
        "ALTERED: segment 000001.jsonl, line 5, row 5: altered: it does not bear out its own hash."
        " The 4 rows before are as written.\n"
    )
    told = json.loads(audit(tmp_path, "verify", "--json").stdout)
    assert told["sound"] is False
    assert told["fault"]["seq"] == 5


def test_a_head_kept_elsewhere_tells_of_rows_cut_off(tmp_path):
    (file,) = segments(written(tmp_path))
    anchor = tmp_path / "kept"
    anchor.write_text(audit(tmp_path, "head").stdout)
    assert "agree with 1 anchored heads" in audit(tmp_path, "verify", "--anchor", anchor).stdout
    file.write_bytes(b"".join(lines(file)[:-1]))
    said = audit(tmp_path, "verify", "--anchor", anchor)
    assert said.exit_code == 1
    assert "cut off after row 6" in said.stdout


def test_the_anchors_of_the_settings_are_looked_at_and_missed(tmp_path, monkeypatch):
    (file,) = segments(written(tmp_path))
    anchor = tmp_path / "kept"
    monkeypatch.setenv("SPONSORGRAPH_AUDIT_ANCHORS", json.dumps([str(anchor)]))
    assert f"No anchor at {anchor}" in audit(tmp_path, "verify").stdout
    anchor.write_text(audit(tmp_path, "head").stdout)
    file.write_bytes(b"".join(lines(file)[:-1]))
    assert audit(tmp_path, "verify").exit_code == 1


def test_a_file_that_holds_no_heads_is_no_anchor(tmp_path):
    written(tmp_path)
    (tmp_path / "kept").write_text("hello\n")
    said = audit(tmp_path, "verify", "--anchor", tmp_path / "kept")
    assert isinstance(said.exception, UsageError)
    assert "line 1, is no head of an audit" in str(said.exception)


def test_after_somebody_looked_the_audit_goes_on(tmp_path):
    (file,) = segments(written(tmp_path))
    file.write_bytes(file.read_bytes()[:-3] + b"xx\n")
    said = audit(tmp_path, "resume", "--why", "ticket 17")
    assert said.stdout == "The audit goes on with row 8.\n"
    a_log(tmp_path).append([an_entry(7)])
    said = audit(tmp_path, "verify")
    assert said.exit_code == 0
    assert "Set aside: segment 000001.jsonl, after row 6" in said.stdout
    assert "ticket 17" in said.stdout


def test_before_anything_was_audited_there_is_no_head(tmp_path):
    with pytest.raises(UsageError, match="Nothing was audited yet"):
        raise audit(tmp_path, "head").exception


def a_question(home):
    """A row of an operation, and of a stranger."""
    log = a_log(home)
    key, text = key_of(log.folder), digest_of_text("{ viewer { name } }")
    asked = keyed_digest(key, text, None, {"id": "child_x"})
    told = {"kind": "ANSWERED", "who": "hhs/eva", "purpose": "CHILD_SAFETY", "asked": asked}
    log.append([Entry(orjson.dumps(told)), plain("TURNED_AWAY", reasons={"no token": 3})])
    log.close()


def test_show_lists_what_was_asked_and_that_somebody_looked(tmp_path):
    a_question(tmp_path)
    (stranger, eva) = audit(tmp_path, "show").stdout.splitlines()
    assert "row 3  TURNED_AWAY  {'no token': 3}" in stranger
    assert "row 2  ANSWERED  hhs/eva  CHILD_SAFETY" in eva
    looked = json.loads(audit(tmp_path, "show", "--json").stdout)["rows"][0]
    assert (looked["kind"], looked["rows"]) == ("READ", [2, 3])
    assert len(audit(tmp_path, "show", "--viewer", "hhs/eva").stdout.splitlines()) == 1
    assert audit(tmp_path, "show", "--purpose", "COURT_NOTICE").stdout == ""
    assert audit(tmp_path, "verify").exit_code == 0


@pytest.mark.parametrize(
    ("variables", "status", "said"),
    [
        ('{"id": "child_x"}', 0, "These were its words.\n"),
        ('{"id": "child_y"}', 1, "Its words were others.\n"),
    ],
)
def test_check_says_whether_a_row_records_these_words(tmp_path, variables, status, said):
    a_question(tmp_path)
    (tmp_path / "asked.graphql").write_text("{ viewer { name } }")
    done = audit(tmp_path, "check", "2", str(tmp_path / "asked.graphql"), "--variables", variables)
    assert (done.exit_code, done.stdout) == (status, said)
