"""Who failed to appear: by definition, office, court, year and age, as the sources say it."""

from datetime import date, timedelta

import pytest
import pytest_asyncio

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

LISTED = """query ($definition: FailureDefinition! = FAILED_TO_APPEAR, $since: Date, $until: Date,
    $court: String, $office: String, $fiscalYear: Int, $age: Int, $hasFollowUp: Boolean,
    $first: Int, $after: String) {
  failuresToAppear(definition: $definition, since: $since, until: $until, court: $court,
      office: $office, fiscalYear: $fiscalYear, age: $age, hasFollowUp: $hasFollowUp,
      first: $first, after: $after) {
    edges { node { id inAbsentiaOrder appearance { value confidence saidBy contradictedBy } } }
    pageInfo { hasNextPage endCursor } } }"""
COUNTS = """query ($court: String, $office: String, $fiscalYear: Int) {
  failureToAppearCounts(court: $court, office: $office, fiscalYear: $fiscalYear) {
    hearings failedToAppear inAbsentiaOrder both either
    childrenWhoFailedToAppear childrenWithAnOrder childrenOfEither definition } }"""
MISSED = (("PLANET", "FAILED_TO_APPEAR"),)


def without(*classes):
    return Viewer("desk", withheld=frozenset(classes))


async def listed(ask, **how):
    answer = await ask(LISTED, **how)
    return [edge["node"]["id"] for edge in answer["failuresToAppear"]["edges"]]


@pytest_asyncio.fixture
async def docket(world):
    """One hearing missed, one ordered in absentia, one both, one at which she was."""
    child = await world.a_child(date_of_birth=date(2009, 6, 2))
    missed = await world.a_hearing(child, day=date(2023, 9, 30), words=MISSED)
    ordered = await world.a_hearing(
        child, day=date(2023, 10, 1), words=[("EOIR", "NOTHING_ENTERED")]
    )
    await world.an_order(child, ordered)
    both = await world.a_hearing(child, day=date(2024, 6, 2), words=MISSED, court="DAL")
    await world.an_order(child, both)
    await world.a_hearing(child, day=date(2024, 6, 3), words=[("EOIR", "APPEARED")])
    return {"child": child, "missed": missed, "ordered": ordered, "both": both}


async def test_a_failure_to_appear_and_an_order_are_listed_each_under_its_own_name(ask, docket):
    missed, ordered, both = docket["missed"], docket["ordered"], docket["both"]
    assert await listed(ask) == [missed, both]
    assert await listed(ask, definition="IN_ABSENTIA_ORDER") == [ordered, both]
    assert await listed(ask, definition="EITHER") == [missed, ordered, both]
    assert len(ask.statements) == 1


async def test_counts_say_both_definitions_and_what_they_are_out_of(ask, docket):
    counted = (await ask(COUNTS))["failureToAppearCounts"]
    assert "not a failure to appear" in counted.pop("definition")
    assert counted == {
        "hearings": 4, "failedToAppear": 2, "inAbsentiaOrder": 2, "both": 1, "either": 3,
        "childrenWhoFailedToAppear": 1, "childrenWithAnOrder": 1, "childrenOfEither": 1,
    }  # fmt: skip


async def test_a_fiscal_year_begins_on_the_first_of_october(ask, docket):
    assert await listed(ask, definition="EITHER", fiscalYear=2023) == [docket["missed"]]
    assert await listed(ask, definition="EITHER", fiscalYear=2024) == [
        docket["ordered"], docket["both"],
    ]  # fmt: skip


async def test_her_age_is_that_of_the_day_of_the_hearing(ask, docket):
    assert await listed(ask, age=14) == [docket["missed"]]
    assert await listed(ask, age=15) == [docket["both"]]


async def test_a_court_and_days_narrow_the_list(ask, docket):
    assert await listed(ask, court="DAL") == [docket["both"]]
    assert await listed(ask, since="2023-10-01", until="2024-06-02") == []
    assert await listed(ask, since="2023-10-01", until="2024-06-03") == [docket["both"]]


async def test_an_office_is_found_however_it_is_written(ask, world, docket):
    await world.within(docket["child"], "office/ST_PAUL")
    assert await listed(ask, office="St. Paul Field Office") == [docket["missed"], docket["both"]]
    assert await listed(ask, office="Houston") == []
    assert (await ask(COUNTS, office="Saint Paul"))["failureToAppearCounts"]["hearings"] == 4


async def test_what_is_followed_up_is_told_from_what_is_not(ask, world, docket):
    await world.followed(docket["missed"])
    assert await listed(ask, hasFollowUp=True) == [docket["missed"]]
    assert await listed(ask, hasFollowUp=False) == [docket["both"]]


async def test_the_list_is_walked_page_by_page(ask, world):
    child = await world.a_child()
    first = date(2024, 1, 1)
    hearings = [
        await world.a_hearing(child, day=first + timedelta(days=n // 2), words=MISSED)
        for n in range(5)
    ]
    found, cursor = [], None
    for _ in range(3):
        answer = (await ask(LISTED, first=2, after=cursor))["failuresToAppear"]
        found += [edge["node"]["id"] for edge in answer["edges"]]
        cursor = answer["pageInfo"]["endCursor"]
    assert sorted(found) == sorted(hearings)
    assert not answer["pageInfo"]["hasNextPage"]


async def test_whoever_may_not_read_earm_finds_nobody_by_her_office(ask, world, docket):
    await world.within(docket["child"], "office/HOUSTON")
    court_alone = ask.seen_by(without(SharingClass.ENFORCEMENT))
    assert await listed(court_alone, office="Houston") == []


async def test_a_word_that_is_withheld_makes_no_failure_to_appear(ask, world):
    child = await world.a_child()
    hearing = await world.a_hearing(child, words=[("EOIR", "APPEARED")])
    record = await world.a_record("PLANET", "planet", of=child)
    await world.reports(record, hearing, "FAILED_TO_APPEAR", source="PLANET",
                        sharing=SharingClass.ENFORCEMENT)  # fmt: skip
    assert await listed(ask) == [hearing]
    assert await listed(ask.seen_by(without(SharingClass.ENFORCEMENT))) == []


async def test_a_hearing_shows_what_its_words_come_to_and_who_contradicts(ask, world):
    child = await world.a_child()
    await world.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "APPEARED")])
    [edge] = (await ask(LISTED))["failuresToAppear"]["edges"]
    assert edge["node"]["appearance"] == {
        "value": "FAILED_TO_APPEAR", "confidence": "DISPUTED", "saidBy": ["EOIR"],
        "contradictedBy": ["PLANET"],
    }  # fmt: skip
    assert edge["node"]["inAbsentiaOrder"] is False


async def test_earms_word_is_told_as_derived_and_entries_as_so_many_days_late(ask, world):
    child = await world.a_child()
    hearing = await world.a_hearing(child, day=date(2024, 2, 27), words=())
    record = await world.a_record("EARM", "earm", of=child)
    await world.reports(record, hearing, "APPEARED", source="EARM", day=date(2024, 3, 1))
    answer = await ask(
        '{ hearings(court: "HOU") { edges { node { appearances { derived entryLagDays } } } } }'
    )
    [edge] = answer["hearings"]["edges"]
    assert edge["node"]["appearances"] == [{"derived": True, "entryLagDays": 3}]


async def test_entry_lags_are_percentiles_of_each_source_and_say_what_has_no_day(ask, world):
    child = await world.a_child()
    for days in range(1, 11):
        hearing = await world.a_hearing(child, day=date(2024, 1, days), words=())
        record = await world.a_record("PLANET", "planet", of=child)
        await world.reports(record, hearing, "APPEARED", source="PLANET", day=date(2024, 1, 11))
    silent = await world.a_hearing(child, day=date(2024, 1, 5), words=())
    record = await world.a_record("PLANET", "planet", of=child)
    await world.reports(record, silent, "NOTHING_ENTERED", source="PLANET")
    await world.a_hearing(child, day=date(2024, 3, 2), words=[("EOIR", "APPEARED")])
    answer = await ask(
        """{ entryLags(until: "2024-02-01") { source words withoutDay half nineInTen
             ninetyNineInAHundred longest beforeTheHearing } }"""
    )
    assert answer["entryLags"] == [
        {"source": "PLANET", "words": 10, "withoutDay": 0, "half": 5, "nineInTen": 9,
         "ninetyNineInAHundred": 10, "longest": 10, "beforeTheHearing": 0},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("how", "sentence"),
    [({"fiscalYear": 23}, "`fiscalYear` is a year"), ({"office": "ICE, TX"}, "no field office")],
)
async def test_what_cannot_be_asked_is_said_in_a_sentence(ask, how, sentence):
    result = await ask.result(LISTED, **how)
    assert sentence in str(result.errors[0])
