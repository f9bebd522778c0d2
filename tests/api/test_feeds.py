"""How fresh each source is, to the day, and that its target is nobody's law."""

from datetime import date

import pytest

FEEDS = """query ($asOf: Date, $days: Int) { feeds(asOf: $asOf, staleAfterDays: $days) {
  source agency asOf coversTo deliveries daysSince stale staleAfterDays target } }"""


@pytest.fixture
def two_deliveries(world):
    async def made():
        for number, day in enumerate([date(2024, 5, 1), date(2024, 6, 1)]):
            await world._create(
                "CREATE (:Delivery {id: $id, source: 'EOIR', asOf: $day, coversTo: $day,"
                " receivedAt: '2024-06-02T00:00:00Z', runFrom: $run})",
                id=f"d{number}", day=day,
            )  # fmt: skip

    return made


async def test_a_feed_stands_where_its_latest_extract_does(ask, two_deliveries):
    await two_deliveries()
    assert (await ask(FEEDS, asOf="2024-06-30"))["feeds"] == [
        {"source": "EOIR", "agency": "EOIR", "asOf": "2024-06-01", "coversTo": "2024-06-01",
         "deliveries": 2, "daysSince": 29, "stale": False, "staleAfterDays": 35,
         "target": "Local target, not law."},
    ]  # fmt: skip
    (then,) = (await ask(FEEDS, asOf="2024-05-31"))["feeds"]
    assert (then["asOf"], then["deliveries"]) == ("2024-05-01", 1)


@pytest.mark.parametrize(("days", "stale"), [(30, False), (29, True)])
async def test_it_is_stale_from_the_day_after_its_target(ask, two_deliveries, days, stale):
    await two_deliveries()
    (found,) = (await ask(FEEDS, asOf="2024-07-01", days=days))["feeds"]
    assert (found["daysSince"], found["stale"]) == (30, stale)


async def test_a_target_is_a_number_of_days(ask):
    result = await ask.result(FEEDS, days=0)
    assert "`staleAfterDays` is a number of days" in str(result.errors[0])
