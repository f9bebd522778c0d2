"""Places in a stream, and the watch that notices a published run."""

import asyncio

import pytest

from graph.errors import ConnectionFailedError
from graph.events import Place, Watch, place_at
from graph.selection import UnanswerableError
from graph.shapes.asking import cursor


def test_a_place_goes_to_its_cursor_and_back():
    for place in (Place(0), Place(7, "fact_a", 3), Place(2**52, told=1)):
        assert place_at(place.cursor("addressReported"), "addressReported") == place


@pytest.mark.parametrize("text", [
    "", "!", "AAAA", Place(1).cursor("failedToAppear"), cursor(["addressReported", 1, "x"]),
    cursor(["addressReported", -1, "x", 0]), cursor(["addressReported", 2**53, "x", 0]),
    cursor(["addressReported", "1", "x", 0]), cursor([1, 2, 3, 4]),
])  # fmt: skip
def test_what_is_no_cursor_of_the_stream_is_refused(text):
    with pytest.raises(UnanswerableError, match="not a cursor of this subscription"):
        place_at(text, "addressReported")


def test_a_place_counts_what_was_told_of_its_run():
    place = Place(4).after(5, "a")
    assert place == Place(5, "a", 1)
    assert place.after(5, "b") == Place(5, "b", 2)
    assert place.after(5, "b").end_of_run() == Place(5, told=2)
    assert place.after(6, "a") == Place(6, "a", 1)


class APublication:
    """What a watch looks at, and how often it did; it looks whenever `look` is awaited."""

    def __init__(self) -> None:
        self.run = 1
        self.looks = 0
        self.away = False
        self.slept: list[float] = []

    async def read(self, _, __):
        self.looks += 1
        if self.away:
            raise ConnectionFailedError("away")
        return [self.run]

    async def sleep(self, seconds):
        self.slept.append(seconds)
        await asyncio.sleep(0)


async def a_while():
    for _ in range(20):
        await asyncio.sleep(0)


async def test_all_who_wait_share_one_look_and_nobody_looks_when_nobody_waits():
    graph = APublication()
    watch = Watch(graph.read, 7.0, graph.sleep)
    waiting = [asyncio.create_task(watch.beyond(1)) for _ in range(50)]
    await a_while()
    assert 1 <= graph.looks < 20
    assert set(graph.slept) == {7.0}
    graph.run = 2
    assert await asyncio.gather(*waiting) == [2] * 50
    looks = graph.looks
    await a_while()
    assert graph.looks <= looks + 1


async def test_whoever_leaves_does_not_take_the_look_from_the_others():
    graph = APublication()
    watch = Watch(graph.read, 1.0, graph.sleep)
    leaving, staying = (asyncio.create_task(watch.beyond(1)) for _ in range(2))
    await a_while()
    leaving.cancel()
    await a_while()
    graph.run = 2
    assert await staying == 2


async def test_a_graph_that_is_away_for_a_while_is_waited_for():
    graph = APublication()
    waiting = asyncio.create_task(Watch(graph.read, 1.0, graph.sleep).beyond(1))
    graph.away = True
    await a_while()
    assert not waiting.done()
    graph.away, graph.run = False, 2
    assert await waiting == 2


async def test_a_graph_that_was_put_back_is_noticed():
    graph = APublication()
    waiting = asyncio.create_task(Watch(graph.read, 1.0, graph.sleep).beyond(1))
    await a_while()
    graph.run = 0
    assert await waiting == 0
