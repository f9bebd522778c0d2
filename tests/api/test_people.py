from datetime import date

import pytest

from graph.shapes.finding import MATCHES_CONSIDERED
from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass
from graph.writes import KINDS
from tests.graph.test_writes import a_row


async def test_a_child_is_found_by_her_a_number_with_everything_in_one_statement(world, ask):
    child = await world.a_child("A000000001", "Ana", "Reyes", date_of_birth=date(2009, 6, 2))
    sponsor = await world.a_sponsor("Marta", "Lopez")
    home = await world.an_address("12 Oak St", "2B")
    record = await world.a_record(of=child)
    await world.released_to(child, sponsor, record=record)
    await world.lives_at(child, home, record=record)
    await world.a_hearing(child, words=[("EOIR", "APPEARED"), ("PLANET", "FAILED_TO_APPEAR")])

    answer = await ask(
        """query ($a: String!) { child(aNumber: $a) {
             id fullName age aNumbers sex countryOfBirth
             sponsor { fullName phones }
             releases { releasedOn relationship category source record { recordId } }
             addressHistory { kind reportedOn record { received { column value } }
               address { line1 unit } }
             hearings { edges { node { date disagreement appearances { source appearance } } } }
           } }""",
        a="A000000001",
    )

    assert len(ask.statements) == 1
    assert answer["child"] == {
        "id": child,
        "fullName": "Ana Reyes",
        "age": 15,
        "aNumbers": ["A000000001"],
        "sex": "FEMALE",
        "countryOfBirth": "Honduras",
        "sponsor": {"fullName": "Marta Lopez", "phones": ["555-0101"]},
        "releases": [
            {
                "releasedOn": "2024-03-01",
                "relationship": "Aunt",
                "category": "CATEGORY_2B",
                "source": "ORR",
                "record": {"recordId": "17"},
            }
        ],
        "addressHistory": [
            {
                "kind": "ENFORCEMENT_FILE",
                "reportedOn": "2024-03-01",
                "record": {
                    "received": [
                        {"column": "last_name", "value": "Reyes"},
                        {"column": "first_name", "value": "Ana"},
                    ]
                },
                "address": {"line1": "12 Oak St", "unit": "2B"},
            }
        ],
        "hearings": {
            "edges": [
                {
                    "node": {
                        "date": "2024-03-01",
                        "disagreement": True,
                        "appearances": [
                            {"source": "EOIR", "appearance": "APPEARED"},
                            {"source": "PLANET", "appearance": "FAILED_TO_APPEAR"},
                        ],
                    }
                }
            ]
        },
    }


async def test_nobody_has_an_a_number_that_was_never_given(world, ask):
    assert await ask('{ child(aNumber: "A000000009") { id } }') == {"child": None}


BY_NUMBER = """query ($n: String!, $first: Int = 20, $after: String) {
  childrenByANumber(aNumber: $n, first: $first, after: $after) {
    edges { node { id } } pageInfo { hasNextPage endCursor } } }"""


def found(answer):
    return [edge["node"]["id"] for edge in answer["childrenByANumber"]["edges"]]


async def test_an_a_number_finds_every_child_with_a_record_that_bears_it_her_own_first(world, ask):
    typed_wrong = await world.a_child("A000000002")
    hers = await world.a_child("A000000001")
    nobody_now = await world.a_child("A000000003")
    for child in (hers, typed_wrong, typed_wrong):
        await world.a_record(of=child, a_number="A000000001")
    assert found(await ask(BY_NUMBER, n="A000000001")) == [hers, typed_wrong]
    assert found(await ask(BY_NUMBER, n="A000000003")) == [nobody_now]
    assert found(await ask(BY_NUMBER, n="A000000009")) == []


async def test_children_of_one_a_number_come_page_by_page(world, ask):
    own = sorted([await world.a_child("A000000001") for _ in range(2)])
    others = sorted([await world.a_child(f"A00000001{n}") for n in range(3)])
    for child in (*own, *others):
        await world.a_record(of=child, a_number="A000000001")
    pages: list[list[str]] = []
    cursor = None
    while not pages or cursor:
        answer = await ask(BY_NUMBER, n="A000000001", first=2, after=cursor)
        page = answer["childrenByANumber"]["pageInfo"]
        pages += [found(answer)]
        cursor = page["endCursor"] if page["hasNextPage"] else None
    assert pages == [own, others[:2], others[2:]]


async def test_one_child_is_not_picked_where_two_have_the_a_number(world, ask):
    for _ in range(2):
        await world.a_child("A000000001")
    result = await ask.result('{ child(aNumber: "A000000001") { id } }')
    assert result.data == {"child": None}
    assert [error.message for error in result.errors] == [
        "Several children have this A-number: ask `childrenByANumber` for all of them."
    ]


@pytest.mark.parametrize("written", ["a 000-425-750", "425750", "A000425750", " A#000.425.750"])
async def test_an_a_number_is_understood_as_people_write_it(world, ask, written):
    child = await world.a_child("A000425750")
    asked = "query ($n: String!) { child(aNumber: $n) { id } }"
    assert await ask(asked, n=written) == {"child": {"id": child}}
    assert found(await ask(BY_NUMBER, n=written)) == [child]


@pytest.mark.parametrize("written", ["", "A", "A1234567890", "Ana", "000"])
@pytest.mark.parametrize("field", ["child", "childrenByANumber"])
async def test_what_is_no_a_number_is_told_so(world, ask, field, written):
    asked = f"query ($n: String!) {{ {field}(aNumber: $n) {{ __typename }} }}"
    result = await ask.result(asked, n=written)
    assert [error.message for error in result.errors] == [
        "`aNumber` is not an A-number: write `A` and up to nine digits."
    ]


async def test_a_record_that_is_withheld_or_not_published_leads_to_nobody(world, ask):
    child = await world.a_child("A000000002")
    await world.a_record(of=child, a_number="A000000001")
    enforcement = Viewer("t", frozenset({SharingClass.ENFORCEMENT}))
    assert found(await ask.seen_by(enforcement)(BY_NUMBER, n="A000000001")) == []
    world.run = 2
    await world.a_record(of=child, a_number="A000000004")
    assert found(await ask(BY_NUMBER, n="A000000004")) == []


async def test_children_of_an_a_number_are_found_without_reading_a_whole_label(
    world, ask, shared_door
):
    await world.a_child("A000000001")
    await ask(BY_NUMBER, n="A000000001")
    text, parameters = ask.statements[0]
    with shared_door.reading() as session:
        plan = session.run(f"EXPLAIN {text}", parameters).consume().plan
    assert not [one for one in _operators(plan) if "Scan" in one["operatorType"]]


def _operators(plan):
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)


@pytest.mark.parametrize("arguments", ["", '(id: "child_x", aNumber: "A000000001")', "(id: null)"])
async def test_a_child_is_asked_for_by_exactly_one_of_id_and_a_number(world, ask, arguments):
    result = await ask.result(f"{{ child{arguments} {{ id }} }}")
    assert [error.message for error in result.errors] == [
        "`child` takes exactly one of `id` or `aNumber`."
    ]
    assert result.data == {"child": None}


async def test_her_sponsor_is_the_one_of_the_release_in_force_on_that_day(world, ask):
    child = await world.a_child()
    first, second = await world.a_sponsor("Marta"), await world.a_sponsor("Pedro")
    await world.released_to(child, first, released_on=date(2023, 1, 5), until=date(2024, 2, 1))
    await world.released_to(child, second, released_on=date(2024, 2, 1))

    answer = await ask(
        """query ($id: ID!) { child(id: $id) {
             now: sponsor { id }
             then: sponsor(asOf: "2023-06-01") { id }
             onTheDay: sponsor(asOf: "2024-02-01") { id }
             before: sponsor(asOf: "2022-12-31") { id }
             releases { sponsor { id } }
           } }""",
        id=child,
    )
    assert answer["child"] == {
        "now": {"id": second},
        "then": {"id": first},
        "onTheDay": {"id": second},
        "before": None,
        "releases": [{"sponsor": {"id": second}}, {"sponsor": {"id": first}}],
    }


async def test_a_sponsor_has_children_now_and_ever(world, ask):
    sponsor = await world.a_sponsor()
    gone, here = await world.a_child(given_names="Luis"), await world.a_child(given_names="Ana")
    await world.released_to(gone, sponsor, released_on=date(2022, 1, 1), until=date(2023, 1, 1))
    await world.released_to(here, sponsor, released_on=date(2024, 1, 1))
    answer = await ask(
        "query ($id: ID!) { sponsor(id: $id) { children { id } releases { child { id } } } }",
        id=sponsor,
    )
    assert answer["sponsor"] == {
        "children": [{"id": here}],
        "releases": [{"child": {"id": here}}, {"child": {"id": gone}}],
    }


@pytest.mark.parametrize(
    "written", ["Núñez", "nunez", "NUNES", "María Núñez", "Nunez, Maria", "Marai Nunez"]
)
async def test_a_name_is_found_as_somebody_scribbled_it(world, ask, written):
    child = await world.a_child(given_names="María", family_name="Núñez",
                                search_names=["maria nunez"])  # fmt: skip
    await world.a_child(given_names="Josue", family_name="Perez")
    answer = await ask(
        "query ($name: String!) { children(name: $name) { edges { node { id } } } }", name=written
    )
    assert [edge["node"]["id"] for edge in answer["children"]["edges"]] == [child]


@pytest.mark.parametrize("name", ["", "  ", "~*?", "))) OR (("])
async def test_operators_of_the_index_are_not_a_name(world, ask, name):
    await world.a_child()
    result = await ask.result(
        "query ($name: String!) { children(name: $name) { edges { cursor } } }", name=name
    )
    words = [error.message for error in result.errors or []]
    assert words in ([], ["A search needs at least one letter or figure to look for."])


async def test_pages_of_a_search_are_complete_and_without_doubles(world, ask):
    everyone = {await world.a_child(given_names=f"Ana {n}") for n in range(7)}
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        answer = await ask(
            """query ($after: String) { children(name: "Reyes", first: 3, after: $after) {
                 edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }""",
            after=cursor,
        )
        page = answer["children"]["pageInfo"]
        found += [edge["node"]["id"] for edge in answer["children"]["edges"]]
        assert page["hasPreviousPage"] is (pages > 0)
        cursor, pages = (page["endCursor"] if page["hasNextPage"] else None), pages + 1
    assert pages == 3
    assert len(found) == 7
    assert set(found) == everyone


async def test_a_cursor_of_another_list_is_refused(world, ask):
    result = await ask.result(
        '{ children(name: "Reyes", after: "bm9uc2Vuc2U") { edges { cursor } } }'
    )
    assert [error.message for error in result.errors] == ["`after` is not a cursor of this list."]
    assert result.errors[0].path == ["children"]


async def test_two_hundred_superseded_names_do_not_crowd_out_one_that_holds(world, ask, session):
    renamed, other = await world.a_child(), await world.a_child(given_names="Luz Ana")
    past = [f"b{n}" for n in range(MATCHES_CONSIDERED + 1)]
    write(session, "child_biographics", 1, [named(renamed, name) for name in past])
    write(session, "close_child_biographics", 2, [{"start": renamed, "id": each} for each in past])
    await world.publish(2)
    assert await found_by_name(ask) == {renamed, other}


async def test_a_name_is_found_whatever_a_run_being_written_does_to_it(world, ask, session):
    child = await world.a_child()
    known = {"start": child, "id": f"b{child}"}
    write(session, "close_child_biographics", 2, [known])
    assert await found_by_name(ask) == {child}
    await world.publish(2)
    assert await found_by_name(ask) == set()
    write(session, "child_biographics", 3, [named(child, known["id"])])
    assert await found_by_name(ask) == set()
    await world.publish(3)
    assert await found_by_name(ask) == {child}


def named(child, known):
    return a_row(
        "child_biographics", id=known, child=child, search_words=["Cana", "Creyes", "C_ana_reyes"]
    )


def write(session, kind, run, rows):
    session.run(KINDS[kind].statement, rows=rows, run=run).consume()


async def found_by_name(ask):
    answer = await ask('{ children(name: "Ana Reyes") { edges { node { id } } } }')
    return {edge["node"]["id"] for edge in answer["children"]["edges"]}
