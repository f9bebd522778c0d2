"""What everybody is looked at for: it may take longer, waits its turn, and holds nobody else up."""

import asyncio
import time

import pytest

from api.asking import Asking
from api.library import Request
from api.settings import ApiSettings
from graph.reports import made
from graph.shapes import OF_EVERYBODY, ROOTS
from graph.sharing import SEES_EVERYTHING
from graph.vocabulary.reports import ReportKind
from tests.api.conftest import SCHEMA, TODAY
from tests.audited import UNKEPT

A_REPORT = "{ dataQuality { title } }"
A_LOOK = "{ sponsor(id: 1) { id } }"
NO_ROWS = [[["DATA_QUALITY", "2024-07-01", []]]]


class Graph:
    """Answers with no rows after so many seconds, and remembers how many it was asked at once."""

    def __init__(self, seconds=0.0):
        self.seconds = seconds
        self.now = self.most = 0

    async def __call__(self, text, _):
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        return [NO_ROWS if "REPORTS" in text else []]


def an_api(**limits):
    return Asking(SCHEMA, ApiSettings(**limits), lambda: TODAY, UNKEPT)


async def answered(api, question, graph):
    return (await api.answer(Request(question, None, {}), SEES_EVERYTHING, graph)).result


def test_every_report_and_every_count_of_all_hearings_looks_at_everybody():
    reports = {name for name, root in ROOTS.items() if root.of == ("Report",)}
    counts = {"failureToAppearCounts", "entryLags", "closureEvidence"}
    assert len(reports) == len(ReportKind)
    assert reports | counts == OF_EVERYBODY


async def test_a_report_may_take_longer_than_a_look_at_one_child():
    api, graph = an_api(seconds_to_answer=0.05, seconds_to_count=30), Graph(seconds=0.3)
    look, report = await answered(api, A_LOOK, graph), await answered(api, A_REPORT, graph)
    assert look.errors[0].message == "This took longer than 0.05 s: ask for less."
    assert report.errors is None
    assert report.data["dataQuality"]["title"]


async def test_a_report_that_takes_too_long_is_given_up_and_says_after_how_many_seconds():
    api = an_api(seconds_to_answer=30, seconds_to_count=0.2)
    report = await answered(api, A_REPORT, Graph(seconds=60))
    assert report.data is None
    assert report.errors[0].message == "This took longer than 0.2 s: ask for less."
    assert report.errors[0].extensions == {"code": "DEADLINE"}


async def test_in_a_fragment_or_under_another_name_it_is_the_same_report():
    api = an_api(seconds_to_answer=0.05, seconds_to_count=30)
    question = "query { ...Quality } fragment Quality on Query { q: dataQuality { title } }"
    assert (await answered(api, question, Graph(seconds=0.3))).errors is None


async def test_reports_wait_for_one_another_and_nobody_else_waits_for_them():
    api, reports, looks = an_api(most_counting=2), Graph(seconds=0.2), Graph(seconds=0.2)
    asked = [answered(api, A_REPORT, reports) for _ in range(6)]
    asked += [answered(api, A_LOOK, looks) for _ in range(6)]
    assert all(one.errors is None for one in await asyncio.gather(*asked))
    assert (reports.most, looks.most) == (2, 6)


async def test_a_turn_is_free_again_when_a_report_was_given_up():
    api = an_api(most_counting=1, seconds_to_count=0.2)
    assert (await answered(api, A_REPORT, Graph(seconds=60))).errors
    assert (await answered(api, A_REPORT, Graph())).errors is None


THE_ORDINARY_WAY = "{ dataQuality { title } __schema { queryType { name } } }"


@pytest.mark.parametrize("question", [A_REPORT, THE_ORDINARY_WAY])
async def test_while_python_makes_a_report_others_are_answered(monkeypatch, question):
    """The report computes and does not wait, as ranges over thousands of pairs do."""
    in_the_making, ended = asyncio.Event(), []
    loop = asyncio.get_running_loop()

    def at_length(*read):
        loop.call_soon_threadsafe(in_the_making.set)
        until = time.monotonic() + 2
        while time.monotonic() < until and "look" not in ended:
            pass
        return quality(*read)

    quality = made._MAKERS[ReportKind.DATA_QUALITY]
    monkeypatch.setitem(made._MAKERS, ReportKind.DATA_QUALITY, at_length)
    api, graph = an_api(), Graph()

    async def ask(name, question):
        result = await answered(api, question, graph)
        ended.append(name)
        return result

    report = asyncio.create_task(ask("report", question))
    await in_the_making.wait()
    assert (await ask("look", A_LOOK)).errors is None
    assert (await report).errors is None
    assert ended == ["look", "report"]
