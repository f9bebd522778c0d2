"""Reports asked over GraphQL: each figure with what it is of, and only of whom the asker may see."""

from datetime import date

import pytest

from graph.vocabulary.evidence import SharingClass
from tests.api.seeing import somebody

FIGURES = """title asOf notes figures { name of { dimension value } unit
  numerator { counted low high } denominator { counted } share asOf definition sources }"""
TRANSFERS = f"{{ report: transfersByFiscalYear {{ {FIGURES} }} }}"
BACKLOG = f"{{ report: ntaBacklog {{ {FIGURES} }} }}"
RECONCILE = f"""query ($left: Source!, $right: Source!, $definition: Absence, $since: Date,
  $until: Date, $countWords: Boolean = false) {{ report: reconcile(left: $left, right: $right,
  definition: $definition, since: $since, until: $until, countWords: $countWords) {{ {FIGURES} }} }}"""
ICE = {"source": "EARM", "sharing": SharingClass.ENFORCEMENT, "table": "earm"}
NTA = {"source": "NTA", "sharing": SharingClass.ENFORCEMENT, "table": "nta"}
COURT = {"source": "EOIR", "sharing": SharingClass.COURT, "table": "eoir_proceeding"}


async def transferred(world, child, on, *, office="HOUSTON", crossed=None):
    await world.stated(
        child, "TRANSFER_STATED_IN", on=on, apprehendedOn=crossed or on,
        fieldOffice=office, **ICE
    )  # fmt: skip
    await world.within(child, f"office/{office}")


def told(report):
    return {
        " ".join(part["value"] for part in one["of"]): one["numerator"]["counted"]
        for one in report["figures"]
    }


async def test_transfers_are_counted_by_the_fiscal_year_of_the_first_day(world, ask):
    for day in (date(2021, 9, 30), date(2021, 10, 1), date(2020, 2, 29)):
        await transferred(world, await world.a_child(), day)
    twice = await world.a_child()
    await transferred(world, twice, date(2022, 10, 1))
    await transferred(world, twice, date(2022, 9, 30))

    report = (await ask(TRANSFERS))["report"]

    assert told(report) == {"2020": 1, "2021": 1, "2022": 2, "": 4}
    assert len(ask.statements) == 1
    assert {one["denominator"]["counted"] for one in report["figures"]} == {4}
    assert all(one["definition"] and one["sources"] == ["EARM"] for one in report["figures"])


async def test_an_office_counts_its_own_children_and_headquarters_all(world, ask):
    await transferred(world, await world.a_child(), date(2021, 5, 1))
    await transferred(world, await world.a_child(), date(2021, 5, 1), office="MIAMI")

    houston = ask.seen_by(somebody("ERO_OFFICER", "office/HOUSTON"))
    headquarters = ask.seen_by(somebody("ERO_HQ"))

    assert told((await houston(TRANSFERS))["report"]) == {"2021": 1, "": 1}
    assert told((await headquarters(TRANSFERS))["report"]) == {"2021": 2, "": 2}
    assert told((await houston(BACKLOG))["report"])[""] == 1


async def test_served_filed_and_scheduled_are_each_a_notice_and_issued_is_none(world, ask):
    day = date(2021, 5, 1)
    stages = ("issuedOn", "servedOn", "filedOn")
    for stage in stages:
        child = await world.a_child()
        await transferred(world, child, day)
        await world.stated(child, "NTA_STATED_IN", **{**dict.fromkeys(stages), stage: day}, **NTA)
    heard = await world.a_child()
    await transferred(world, heard, day)
    await world.a_hearing(heard)

    report = (await ask(BACKLOG))["report"]

    counted = told(report)
    assert counted[""] == 1
    assert [counted[one] for one in ("ISSUED", "SERVED", "FILED", "SCHEDULED")] == [1, 1, 1, 1]
    assert (counted["HOUSTON"], counted["2021"], counted["IN_ORR_CUSTODY"]) == (1, 1, 1)


async def test_why_there_is_no_notice_is_told_as_far_as_the_data_do(world, ask):
    sponsor = await world.a_sponsor()
    for kind in ("in care", "pending", "decided", "unknown"):
        child = await world.a_child()
        await transferred(world, child, date(2021, 5, 1))
        if kind != "in care":
            await world.released_to(child, sponsor)
        if kind in ("pending", "decided"):
            decided = date(2023, 1, 2) if kind == "decided" else None
            await world.stated(
                child, "RELIEF_STATED_IN", kind="SIJ", filedOn=date(2022, 1, 3),
                decidedOn=decided, known_from=date(2022, 1, 3), source="USCIS",
                sharing=SharingClass.RELIEF, table="uscis_relief",
            )  # fmt: skip

    counted = told((await ask(BACKLOG))["report"])

    assert (counted[""], counted["IN_ORR_CUSTODY"]) == (4, 1)
    assert (counted["RELIEF_PENDING_USCIS"], counted["UNKNOWN"]) == (1, 2)


SAY_WHY = """mutation ($child: ID!, $reason: WithoutNoticeReason!, $key: String!) {
  recordWithoutNotice(input: {childId: $child, reason: $reason, key: $key}) { __typename } }"""


async def test_what_ero_says_of_why_there_is_none_is_counted_by_its_latest_word(
    world, ask, session
):
    officer = ask.seen_by(somebody("ERO_OFFICER", "office/HOUSTON", on=date(2024, 6, 30)))
    sponsor = await world.a_sponsor()
    said = (
        ("SEEKING_COUNSEL", "RESOURCE_CONSTRAINT"),
        ("AWAITING_TRAVEL_OR_VENUE",),
        (),
        ("SEEKING_COUNSEL",),  # and in care: what a record says stands first
    )
    for number, reasons in enumerate(said, 1):
        child = await world.a_child()
        await transferred(world, child, date(2021, 5, 1))
        if number < len(said):
            await world.released_to(child, sponsor)
        for reason in reasons:
            told_so = await officer(SAY_WHY, child=child, reason=reason, key=f"{number} {reason}")
            assert told_so["recordWithoutNotice"]["__typename"] == "WithoutNoticeRecorded"

    session.run(  # said today, whenever that is, while the question is of a day in 2024
        "MATCH (w:NoticeWord) WITH w ORDER BY w.at WITH collect(w) AS words"
        " UNWIND range(0, size(words) - 1) AS nth WITH nth, words[nth] AS word"
        " SET word.at = datetime('2024-06-30T12:00Z') + duration({seconds: nth})"
    ).consume()
    for asker in (ask, officer):
        counted = told((await asker(BACKLOG))["report"])
        assert (counted[""], counted["IN_ORR_CUSTODY"], counted["UNKNOWN"]) == (4, 1, 1)
        assert (counted["RESOURCE_CONSTRAINT"], counted["AWAITING_TRAVEL_OR_VENUE"]) == (1, 1)
        assert counted["SEEKING_COUNSEL"] == 0
    earlier = BACKLOG.replace("ntaBacklog", 'ntaBacklog(asOf: "2024-06-29")')
    before = (await ask(earlier))["report"]
    assert told(before)["UNKNOWN"] == 3


async def test_what_was_said_under_an_id_that_she_once_had_counts_for_whoever_she_became(
    world, ask, session
):
    child, once = await world.a_child(), await world.a_child()
    await transferred(world, child, date(2021, 5, 1))
    await world.released_to(child, await world.a_sponsor())
    session.run(
        "MATCH (o:Child {id: $once}), (c:Child {id: $child})"
        " CREATE (o)-[:REDIRECTS_TO {runFrom: 0, runUntil: 2147483647}]->(c)"
        " CREATE (:NoticeWord {id: 'w', key: 'w', reason: 'SEEKING_COUNSEL', at: datetime('2024-06-01'),"
        " sharingClass: 'ENFORCEMENT'})-[:WHY_NO_NOTICE {runFrom: 0, runUntil: 2147483647}]->(o)",
        once=once, child=child,
    ).consume()  # fmt: skip
    for asker in (ask, ask.seen_by(somebody("ERO_OFFICER", "office/HOUSTON"))):
        assert told((await asker(BACKLOG))["report"])["SEEKING_COUNSEL"] == 1


async def ordered(world, child, on=date(2022, 3, 4)):
    await world.stated(child, "ORDER_STATED_IN", on=on, inAbsentia=True, court="HOU", **COURT)


async def absent(world, child, source="PLANET", on=date(2022, 3, 4)):
    await world.a_hearing(child, day=on, words=[(source, "FAILED_TO_APPEAR")])


async def test_the_bridge_of_the_graph_sums_and_says_why_planet_lacks_more(world, ask):
    both, never_noted, late, without_order = [await world.a_child() for _ in range(4)]
    for child in (both, never_noted):
        await ordered(world, child)
    await absent(world, both)
    await world.a_record("PLANET", "planet", of=never_noted)
    await absent(world, late, on=date(2023, 11, 6))
    await absent(world, without_order)
    await world.a_record("EOIR", "eoir_case", of=without_order)

    report = (await ask(RECONCILE, left="EOIR", right="PLANET"))["report"]

    assert len(ask.statements) == 1
    assert told(report) == {
        "LEFT": 2, "RIGHT": 3, "BOTH": 1, "DIFFERENCE": -1, "LACKING": 1, "MAY_BE_ONE": 0,
        "ONLY_LEFT NOTHING_ENTERED": 1, "ONLY_RIGHT OUTSIDE_ITS_WINDOW": 1,
        "ONLY_RIGHT ABSENCE_WITHOUT_ORDER": 1,
    }  # fmt: skip
    assert "PLANET lacks 1 of EOIR's 2, which is more than the difference" in report["notes"][1]
    aligned = {"definition": "EITHER", "since": "2018-10-01", "until": "2023-10-01"}
    report = (await ask(RECONCILE, left="EOIR", right="PLANET", **aligned))["report"]
    assert (told(report)["LEFT"], told(report)["RIGHT"]) == (2, 2)


async def test_an_order_that_is_no_longer_stated_is_told_as_such(world, ask):
    child = await world.a_child()
    order = await world.stated(
        child, "ORDER_STATED_IN", on=date(2022, 3, 4), inAbsentia=True, court="HOU", **COURT
    )
    await absent(world, child)
    await world.ends(order)

    report = (await ask(RECONCILE, left="EOIR", right="PLANET"))["report"]

    assert told(report)["ONLY_RIGHT NO_LONGER_STATED"] == 1


async def test_who_is_under_review_is_told_as_a_range(world, ask):
    one, other = await world.a_child(), await world.a_child()
    records = []
    for child in (one, other):
        await transferred(world, child, date(2021, 5, 1))
        records.append(await world.a_record(of=child))
    await world.a_pair(*records)

    total = (await ask(TRANSFERS))["report"]["figures"][-1]["numerator"]

    assert total == {"counted": 2, "low": 1, "high": 2}


async def test_a_source_that_says_nothing_of_appearances_is_refused_with_what_to_do(ask, world):
    answer = await ask.result(RECONCILE, left="ORR", right="PLANET")

    assert "`left` must be a source that says who appeared: EOIR" in str(answer.errors)


@pytest.mark.parametrize("role", ["CARE_PROVIDER", "EOIR_FEED", "OVERSIGHT", "PRIVACY_OFFICER"])
async def test_who_gets_no_exact_figures_is_refused_before_anything_is_read(ask, world, role):
    asker = ask.seen_by(somebody(role))

    answer = await asker.result(TRANSFERS)

    assert answer.errors
    assert asker.statements == []


async def followed(world, child, office, *events, notice=None):
    """A failure to appear that is followed, with the steps that were taken."""
    hearing = await world.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR")])
    await world._create(
        "MATCH (h:Hearing {id: $hearing}) CREATE (f:FollowUp {id: 'f' + $hearing, hearing: $hearing,"
        " office: $office, failedOn: h.date})-[:FOLLOWS]->(h)"
        " FOREACH (event IN $events | CREATE (:FollowUpStep {id: event + $hearing,"
        " key: event + $hearing, event: event, at: datetime('2024-06-01T00:00:00Z')})-[:STEP_OF]->(f))"
        " FOREACH (state IN $notice | CREATE (:Notice {id: 'n' + $hearing, kind: 'ORR_NOTICE',"
        " reference: 'r' + $hearing, state: state, office: $office,"
        " raisedAt: datetime('2024-06-01T00:00:00Z')})-[:ABOUT]->(f))",
        hearing=hearing, office=office, events=events, notice=[notice] if notice else [],
    )  # fmt: skip


async def test_what_was_done_is_counted_by_office_and_only_the_askers(world, ask):
    for office, events, notice in (
        ("office/HOUSTON", ("START_SEARCH", "FIND_ALTERNATE", "NOTIFY_ORR"), "ACKNOWLEDGED"),
        ("office/MIAMI", (), "WAITING"),
    ):
        child = await world.a_child()
        await world.within(child, office)
        await followed(world, child, office, *events, notice=notice)
    search = f"{{ report: addressSearchRate {{ {FIGURES} }} }}"
    usage = f"{{ report: inboxUsage {{ {FIGURES} }} }}"
    houston = ask.seen_by(somebody("ERO_FOJC", "office/HOUSTON"))

    report = (await ask(search))["report"]
    counted = {
        " ".join(part["value"] for part in one["of"]): (
            one["numerator"]["counted"],
            one["denominator"]["counted"],
        )
        for one in report["figures"]
    }
    assert (counted[""], counted["OFFICES"], counted["FOUND"]) == ((1, 2), (1, 2), (1, 1))
    assert "office/MIAMI" not in told((await houston(search))["report"])
    month = told((await ask(usage))["report"])
    assert (month[""], month["office/HOUSTON 2024-06 SENT"]) == (1, 1)
    assert month["office/MIAMI 2024-06 SENT"] == 0


async def test_quality_and_coverage_are_counted_from_what_the_records_say(world, ask):
    child, silent = await world.a_child(), await world.a_child()
    sponsor = await world.a_sponsor()
    for one in (child, silent):
        await world.released_to(one, sponsor, released_on=date(2023, 1, 2))
    await world.a_contact(child, on=date(2024, 6, 20))
    await world.a_hearing(
        child, day=date(2024, 5, 1), words=[("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "APPEARED")]
    )

    quality = told((await ask(f"{{ report: dataQuality {{ {FIGURES} }} }}"))["report"])
    cover = told((await ask(f"{{ report: coverage(days: 30) {{ {FIGURES} }} }}"))["report"])

    assert quality["EOIR CONTRADICTED"] == 1
    assert quality["PLANET APPEARANCE_ENTERED"] == 1
    assert (cover[""], cover["CALL_OR_SERVICE"], cover["APPEARED"]) == (1, 1, 0)


async def test_whose_a_task_is_anybody_may_ask(ask, world):
    found = await ask.seen_by(somebody("CARE_PROVIDER"))(
        '{ responsibilities(event: "NOTIFY_ORR", on: "2024-08-05") { actor force citation } }'
    )

    assert {one["actor"] for one in found["responsibilities"]} == {"ERO", "SYSTEM"}
    assert {one["citation"] for one in found["responsibilities"]} == {"S2:267"}
