"""How fresh a table is, and what its latest full extract no longer has."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.intake.feeds import Feed, feeds
from tests.linkage.deliveries import HEADER, deliver, lines

TODAY = date(2024, 7, 5)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def an_extract(home: Path, as_of: str, *numbers: int, **said: str) -> None:
    rows = [f"{n},A{n:09},LOPEZ,ANA {said.get('entered', '')},2010-05-06" for n in numbers]
    deliver(home, lines(HEADER, *rows), as_of=as_of)


def earm(home: Path, today: date = TODAY, stale_after: int = 35) -> Feed:
    [found] = feeds(home, today, stale_after)
    return found


def kinds(feed: Feed) -> list[str]:
    return [str(one.kind) for one in feed.extracts]


def test_ten_rows_dropped_from_a_feed_are_exactly_ten_that_are_told(home: Path):
    an_extract(home, "2024-05-31", *range(1, 101))
    an_extract(home, "2024-06-30", *(n for n in range(1, 121) if n % 10))

    found = earm(home)
    assert kinds(found) == ["FULL", "FULL"]
    assert found.vanished == sorted(f"EARM/earm/{n}" for n in range(10, 101, 10))


def test_a_record_that_changed_has_not_gone(home: Path):
    an_extract(home, "2024-05-31", 1, 2, 3)
    an_extract(home, "2024-06-30", 1, 2, 3, entered="MARIA")

    assert earm(home).vanished == []


def test_a_mere_addition_makes_nobody_vanish_and_says_how_few_it_repeats(home: Path):
    an_extract(home, "2024-05-31", *range(1, 21))
    an_extract(home, "2024-06-01", 3, 21, 22)

    found = earm(home)
    assert kinds(found) == ["FULL", "ADDITION"]
    assert (found.extracts[1].records, found.extracts[1].repeated, found.extracts[1].known) == (
        3,
        1,
        20,
    )
    assert found.vanished == []


def test_what_was_added_meanwhile_is_missed_by_the_next_full_extract_too(home: Path):
    an_extract(home, "2024-05-31", *range(1, 21))
    an_extract(home, "2024-06-01", 21, 22)
    an_extract(home, "2024-06-30", *range(1, 20), 22)

    assert earm(home).vanished == ["EARM/earm/20", "EARM/earm/21"]


def test_what_comes_back_is_no_longer_gone(home: Path):
    an_extract(home, "2024-05-31", 1, 2, 3)
    an_extract(home, "2024-06-15", 1, 2)
    an_extract(home, "2024-06-30", 1, 2, 3)

    assert earm(home).vanished == []


@pytest.mark.parametrize(("today", "stale"), [(date(2024, 8, 4), False), (date(2024, 8, 5), True)])
def test_a_feed_is_stale_from_the_day_after_its_target(home: Path, today: date, stale: bool):
    an_extract(home, "2024-06-30", 1)

    assert (earm(home, today).stale, earm(home, today).as_of) == (stale, date(2024, 6, 30))
    assert earm(home, date(2024, 7, 2), stale_after=1).stale


def test_an_extract_that_arrives_late_is_put_where_its_day_is(home: Path):
    an_extract(home, "2024-06-30", 1, 2)
    an_extract(home, "2024-05-31", 1, 2, 3)

    assert earm(home).vanished == ["EARM/earm/3"]
    assert earm(home).as_of == date(2024, 6, 30)


def test_where_nothing_was_delivered_there_is_no_feed(home: Path):
    assert feeds(home, TODAY, 35) == []


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sets(st.integers(1, 40), min_size=10), st.sets(st.integers(1, 40)))
def test_whatever_is_dropped_of_less_than_half_is_what_is_told(tmp_path_factory, held, dropped):
    home = tmp_path_factory.mktemp("feeds") / "home"
    dropped = set(sorted(dropped & held)[: len(held) // 2])
    an_extract(home, "2024-05-31", *sorted(held))
    an_extract(home, "2024-06-30", *sorted(held - dropped))

    assert earm(home).vanished == sorted(f"EARM/earm/{n}" for n in dropped)
