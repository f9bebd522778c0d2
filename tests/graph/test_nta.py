"""What papers of a Notice to Appear come to, to the day."""

from datetime import date

import pytest

from graph.explanation.nta import age_on, made_notice, made_without


def notice(*statements, scheduled=None, born="2010-03-01"):
    return made_notice([list(statements), scheduled, born])


def paper(by=None, issued=None, served=None, method=None, filed=None):
    return [by, issued, served, method, filed]


@pytest.mark.parametrize(
    ("statements", "scheduled", "stage"),
    [
        ([paper()], None, "NOT_ISSUED"),
        ([paper(issued="2024-01-01")], None, "ISSUED"),
        ([paper(served="2024-01-01")], None, "SERVED"),
        ([paper(filed="2024-01-01")], None, "FILED_WITH_DOJ"),
        ([paper(issued="2024-01-01")], "2024-06-01", "HEARING_SCHEDULED"),
        ([], "2024-06-01", "HEARING_SCHEDULED"),
    ],
)
def test_it_stands_at_the_furthest_stage_that_is_known(statements, scheduled, stage):
    assert notice(*statements, scheduled=scheduled).stage == stage


def test_the_earliest_day_counts_and_papers_that_differ_are_said_to():
    found = notice(paper(filed="2024-02-02"), paper(filed="2024-02-01", issued="2024-01-01"))
    assert (found.filed_on, found.issued_on, found.differing) == ("2024-02-01", "2024-01-01", True)
    assert not notice(paper(filed="2024-02-02"), paper(filed="2024-02-02")).differing


@pytest.mark.parametrize(
    ("born", "served", "method", "fit"),
    [
        ("2010-03-01", "2024-02-29", "FACILITY_PERSON_IN_CHARGE", "UNDER_14_AS_RULED"),
        ("2010-03-01", "2024-02-29", "PERSONAL", "UNDER_14_OTHERWISE"),
        ("2010-03-01", "2024-02-29", None, "UNDER_14_METHOD_UNKNOWN"),
        ("2010-03-01", "2024-03-01", "PERSONAL", "FROM_14_NO_RULE"),
        ("2008-02-29", "2022-02-28", "MAIL", "UNDER_14_OTHERWISE"),
        ("2008-02-29", "2022-03-01", "MAIL", "FROM_14_NO_RULE"),
        (None, "2024-03-01", "PERSONAL", "AGE_UNKNOWN"),
    ],
)
def test_the_fourteenth_birthday_is_the_first_day_on_which_no_rule_is_named(
    born, served, method, fit
):
    service = notice(paper(served=served, method=method), born=born).service
    assert service is not None
    assert service.fit == fit


def test_what_was_not_served_was_served_in_no_way():
    assert notice(paper(issued="2024-01-01")).service is None


def test_years_are_whole():
    assert [age_on(date(2010, 5, 6), day) for day in (date(2024, 5, 5), date(2024, 5, 6))] == [
        13,
        14,
    ]


def test_the_method_is_that_of_the_service_that_counts():
    later = paper(served="2024-02-02", method="MAIL")
    earlier = paper(served="2024-01-02", method="PERSONAL")
    assert notice(later, earlier).service_method == "PERSONAL"


WORD = ["SEEKING_COUNSEL", "officer", "2024-05-01T00:00:00Z", None]


@pytest.mark.parametrize(
    ("read", "reasons"),
    [
        ([["e/1"], False, [], []], ["IN_ORR_CUSTODY"]),
        ([["e/1"], True, [], []], ["UNKNOWN"]),
        ([[], False, [], []], ["UNKNOWN"]),
        ([["e/1"], True, ["u/1"], [WORD]], ["RELIEF_PENDING_USCIS", "SEEKING_COUNSEL"]),
        ([["e/1"], False, ["u/1"], []], ["IN_ORR_CUSTODY", "RELIEF_PENDING_USCIS"]),
        ([[], True, [], [WORD, ["RESOURCE_CONSTRAINT", "x", "2024-04-01T00:00:00Z", None]]],
         ["SEEKING_COUNSEL"]),
    ],
)  # fmt: skip
def test_records_go_before_words_and_the_latest_word_before_the_earlier(read, reasons):
    found = made_without(read)
    assert [ground.reason for ground in found.grounds] == reasons
    assert found.reason == reasons[0]
