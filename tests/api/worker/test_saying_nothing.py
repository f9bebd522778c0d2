"""A notice goes to a public-facing mailbox (S2:178): nothing of anybody is in it (D6)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from api.worker.rendering import message, message_id, payload
from graph.vocabulary.notices import NoticeKind
from graph.writes.notices import raised, raising
from graph.writes.steps import take
from tests.api.worker.conftest import MISSED

SENDER, TO = "sponsorgraph@ice.example", "notices@orr.example"
LOOK_UP = "https://cases.example/notices/"
RAISED = datetime(2024, 8, 7, 15, 4, 5, tzinfo=UTC)
# What the notice itself holds and its message may: words of ours, and its own moment.
_MAY_BE_SAID = ("reference", "kind", "rule")
# Every value that any node or relation of the graph has, but those of notices.
_EVERYTHING = """
MATCH (n) WHERE NOT n:Notice AND NOT n:Migration UNWIND keys(n) AS key RETURN n[key] AS value
UNION MATCH ()-[r]->() UNWIND keys(r) AS key RETURN r[key] AS value"""
_WORD_OF_OURS = re.compile(r"[A-Z_]+|[a-z]+")
_NUMBER_OF_SOMEBODY = re.compile(r"\bA\s?\d{3}|\b\d{3}-\d{2,4}\b|\(\d{3}\)|\d{5}")


@pytest.fixture
async def everybody(world, session):
    """A child with all that is known of one, and a notice of each kind about her."""
    child = await world.a_child(
        "A000425750", "Natividad", "Reyes Quispe", date_of_birth=date(2009, 6, 2)
    )
    sponsor = await world.a_sponsor()
    address = await world.an_address("14 Elm Street", city="Gaithersburg", state="MD")
    await world.lives_at(child, address)
    await world.released_to(child, sponsor)
    await world.within(child, "office/HOUSTON")
    await world.a_hearing(child, words=MISSED, day=date(2024, 8, 6))
    session.run(
        "MATCH (c:Child {id: $id}) CREATE (:FollowUp {id: 'followup_abcdefghijklmnop', court: 'HOU',"
        " failedOn: date('2024-08-06'), office: 'office/HOUSTON'})",
        id=child,
    ).consume()
    rows = [
        raised(
            kind, recipient, "followup_abcdefghijklmnop", "opla-2023-12-21/inform-fojc", RAISED,
            RAISED + timedelta(days=3), office="office/HOUSTON",
        )
        for kind, recipient in zip(
            NoticeKind,
            ("fojc/HOUSTON", "opla/HOU", "orr/inbox", "law/TX/HARRIS", "ero-hq"),
            strict=True,
        )
    ]  # fmt: skip
    take(session, lambda: raising(rows))
    return [row["n"] for row in session.run("MATCH (n:Notice) RETURN properties(n) AS n")]


def texts_of(value):
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    if hasattr(value, "to_native"):
        day = value.to_native()
        return [day.strftime(form) for form in ("%Y-%m-%d", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y")]
    return [str(value)]


def said_in(notice):
    return [
        message(notice, SENDER, TO, look_up).decode() for look_up in (None, LOOK_UP)
    ] + [payload(notice).decode()]  # fmt: skip


def test_no_value_of_the_graph_is_in_any_message_but_the_notices_own(session, everybody):
    values = {text for row in session.run(_EVERYTHING) for text in texts_of(row["value"])}
    telling = {text for text in values if len(text) > 3 and not _WORD_OF_OURS.fullmatch(text)}
    assert {"Reyes Quispe", "A000425750", "Gaithersburg", "2009-06-02"} <= telling
    assert len(everybody) == len(NoticeKind)
    for notice in everybody:
        may = "\n".join(str(notice[name]) for name in _MAY_BE_SAID)
        for said in said_in(notice):
            told = {text for text in telling if text.lower() in said.lower() and text not in may}
            assert told == set()


def test_not_even_the_notices_own_office_recipient_or_matter_is_said(everybody):
    for notice in everybody:
        for name in ("id", "about", "office", "recipient"):
            assert all(notice[name] not in said for said in said_in(notice))


def test_nothing_looks_like_somebodys_number(everybody):
    for notice in everybody:
        for said in said_in(notice):
            rest = said.replace(notice["reference"], "").replace(notice["rule"], "")
            assert _NUMBER_OF_SOMEBODY.search(rest) is None


def test_the_same_notice_is_the_same_mail_letter_by_letter(everybody):
    for notice in everybody:
        assert message(notice, SENDER, TO, None) == message(dict(notice), SENDER, TO, None)
        assert message_id(notice, SENDER) == f"<{notice['reference']}@ice.example>"


def test_references_are_drawn_by_lot():
    about = ("followup_a", None, RAISED, None)
    drawn = {raised(NoticeKind.ORR_NOTICE, "orr/inbox", *about)["reference"] for _ in range(100)}
    assert len(drawn) == 100
    assert all(re.fullmatch(r"[a-z2-7]{16}", one) for one in drawn)
