"""What may not be seen cannot be told either: whoever may not see it gets the same bytes where it
is, and where it never was."""

from collections.abc import Iterator

import pytest
import pytest_asyncio

from tests.sharing.attempts import OF_AN_OFFICE, WITHOUT_COURT
from tests.sharing.attempts_of_following import FOLLOWED_BY_AN_OFFICE, FOLLOWED_WITHOUT_COURT
from tests.sharing.seeded import Seeded
from tests.sharing.two_worlds import (
    BEFORE_THE_GUIDANCE,
    OF_HOUSTON,
    SUBSCRIPTIONS,
    Asker,
    Told,
    heard,
    written_out,
)
from tests.sharing.written import write

ATTEMPTS = {
    OF_HOUSTON: OF_AN_OFFICE | FOLLOWED_BY_AN_OFFICE,
    BEFORE_THE_GUIDANCE: WITHOUT_COURT | FOLLOWED_WITHOUT_COURT,
}
HEARD = {OF_HOUSTON: list(SUBSCRIPTIONS)[:-1], BEFORE_THE_GUIDANCE: list(SUBSCRIPTIONS)}
Everything = dict[str, bytes]


@pytest_asyncio.fixture(scope="module")
async def told(async_door) -> dict[Asker, tuple[Everything, Everything]]:
    """Everything that each of the two askers is told, in the world as it is and in theirs."""
    seeded = Seeded()
    everything = seeded.paper.entries
    return {
        asker: (
            await _all_answers(async_door, asker, everything, seeded.named()),
            await _all_answers(async_door, asker, asker.left_of(everything), seeded.named()),
        )
        for asker in ATTEMPTS
    }


async def _all_answers(door, asker, entries, ids) -> Everything:
    """Of each question once, however many attempts ask it."""
    await write(door, entries)
    ask = Told(door)
    asked = dict.fromkeys(one for questions in ATTEMPTS[asker].values() for one in questions)
    answers = {one: await ask.bytes(asker.viewer, written_out(one, ids)) for one in asked}
    return answers | {name: await heard(door, asker.viewer, name) for name in HEARD[asker]}


def _attempts() -> Iterator[object]:
    for asker, attempts in ATTEMPTS.items():
        for name, questions in attempts.items():
            yield pytest.param(asker, questions, id=f"{asker.role}: {name}")
        for name in HEARD[asker]:
            yield pytest.param(asker, [name], id=f"{asker.role}: events of {name}")


@pytest.mark.parametrize(("asker", "questions"), list(_attempts()))
async def test_what_is_hidden_is_not_told_by(told, asker, questions):
    there, never_there = told[asker]
    for question in questions:
        assert there[question] == never_there[question], question
        assert b"INTERNAL" not in there[question], question


@pytest.mark.parametrize("asker", ATTEMPTS, ids=lambda asker: asker.role)
async def test_the_attempts_find_what_is_not_hidden(told, asker):
    """Otherwise they would show nothing: many of them answer with something that is there."""
    there, _ = told[asker]
    answered = [one for one, answer in there.items() if b'"errors":[]' in answer and _ids(answer)]
    assert len(answered) > len(there) / 3


def _ids(answer: bytes) -> bool:
    return any(
        kind in answer for kind in (b"child_", b"address_", b"sponsor_", b"counted", b"cursor")
    )
