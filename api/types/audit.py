"""The audit, for privacy officers: resolved in Python, from files."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import strawberry

from api.audit.reading import MACHINERY, Found, Wanted
from api.context import Context
from graph.belongings import belongings
from graph.selection import UnanswerableError
from graph.shapes.asking import LARGEST_PAGE, USUAL_PAGE

# A log of years takes longer to look through than anybody waits: what was found by then is told.
SECONDS = 4.0
_TOLD = {"ANSWERED", "FAILED", "TOLD"}
# Rows are in the order of their days, unless the machine's clock was put right.
_SLACK = timedelta(days=1)

Info = strawberry.Info[Context, None]
_FIRST = Annotated[
    int, strawberry.argument(description=f"How many at most, from 1 to {LARGEST_PAGE}.")
]
_BEFORE = Annotated[
    int | None,
    strawberry.argument(description="Only rows numbered below this: the `next` of a page."),
]


@strawberry.type(description="A row of the audit: one answer, refusal or change.")
class AuditRow:
    number: int = strawberry.field(description="Its number in the chain.")
    at: datetime = strawberry.field(description="When it was written, before anything was told.")
    kind: str = strawberry.field(
        description="ANSWERED, FAILED, TOLD (to whoever listens), BEGUN (to change or to listen),"
        " REFUSED, TURNED_AWAY (so many strangers), STARTED, STOPPED, or what a command did."
    )
    who: str | None = strawberry.field(description="The asker's name, as their sign-in has it.")
    role: str | None = strawberry.field(description="The role in which they asked.")
    agency: str | None = strawberry.field(description="Their agency.")
    scopes: list[str] = strawberry.field(description="Whose they were to see, where not all.")
    purpose: str | None = strawberry.field(description="To what end they asked.")
    basis: str | None = strawberry.field(description="The legal basis that they gave.")
    case: str | None = strawberry.field(description="The case that they named.")
    asks: str | None = strawberry.field(description="The operation's kind and root fields.")
    fields: list[str] = strawberry.field(description="The fields that were answered.")
    withheld: list[str] = strawberry.field(description="The fields that were left empty.")
    refused: list[str] = strawberry.field(description="The fields that were refused.")
    about: list[strawberry.ID] = strawberry.field(description="Ids of ours in the question.")
    seen: list[strawberry.ID] = strawberry.field(
        description="Children, sponsors, hearings, records, addresses, reports, releases and pairs"
        " in the answer."
    )
    reason: str | None = strawberry.field(description="The one word for which it was refused.")
    errors: list[str] = strawberry.field(description="The codes of what went wrong.")


@strawberry.type(description="Rows of the audit, the newest first.")
class AuditPage:
    rows: list[AuditRow] = strawberry.field(description="The rows.")
    next: int | None = strawberry.field(
        description="Where to go on, as `before`; null where nothing older is left. A page may be"
        " short, or empty, and go on all the same: a long log is looked through for seconds only."
    )


@strawberry.type(description="That something of a child was told to somebody.")
class Disclosure:
    number: int = strawberry.field(description="The number of its row in the audit.")
    at: datetime = strawberry.field(description="When.")
    who: str = strawberry.field(description="To whom.")
    role: str | None = strawberry.field(description="In which role.")
    agency: str | None = strawberry.field(description="Of which agency.")
    purpose: str | None = strawberry.field(description="To what end.")
    basis: str | None = strawberry.field(description="On which legal basis.")
    case: str | None = strawberry.field(description="For which case.")
    asks: str = strawberry.field(description="The operation's kind and root fields.")
    fields: list[str] = strawberry.field(
        description="Which fields the answer had, of her or of others in it."
    )
    through: list[strawberry.ID] = strawberry.field(
        description="What of hers was in the answer: she, her hearings, records, address reports"
        " or releases."
    )


@strawberry.type(description="Disclosures of a child, the newest first.")
class DisclosurePage:
    disclosures: list[Disclosure] = strawberry.field(description="The disclosures.")
    next: int | None = strawberry.field(description="As of an audit page.")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for in the log, and which page of that."""

    wanted: Wanted
    before: int | None
    first: int


async def disclosures(
    info: Info,
    child_id: Annotated[
        strawberry.ID, strawberry.argument(description="Her id, or one that she once had.")
    ],
    first: _FIRST = USUAL_PAGE,
    before: _BEFORE = None,
) -> DisclosurePage:
    """Rows in which something of hers was seen."""
    ids = await belongings(info.context.read, str(child_id))
    hers = frozenset(ids)
    wanted = Wanted(
        tuple(ids), lambda row: row["kind"] in _TOLD and not hers.isdisjoint(row.get("seen", ()))
    )
    found = await _find(info.context, _Asked(wanted, before, first))
    info.context.note(str(child_id))
    return DisclosurePage(
        disclosures=[_disclosure(row, hers) for row in found.rows], next=found.down_to or None
    )


async def audit_log(
    info: Info,
    viewer: Annotated[
        str | None, strawberry.argument(description="Only what this one asked, by name.")
    ] = None,
    purpose: Annotated[
        str | None, strawberry.argument(description="Only what was asked to this end.")
    ] = None,
    since: Annotated[
        date | None, strawberry.argument(name="from", description="From this day on, in UTC.")
    ] = None,
    until: Annotated[
        date | None, strawberry.argument(description="Before this day, in UTC.")
    ] = None,
    first: _FIRST = USUAL_PAGE,
    before: _BEFORE = None,
) -> AuditPage:
    """Rows of the log."""
    wanted = Wanted(
        (viewer,) if viewer is not None else (),
        _fitting(viewer, purpose, since, until),
        str(since - _SLACK) if since else "",
        str(until + _SLACK) if until else "",
    )
    found = await _find(info.context, _Asked(wanted, before, first))
    return AuditPage(rows=[_row(row) for row in found.rows], next=found.down_to or None)


def _fitting(
    viewer: str | None, purpose: str | None, since: date | None, until: date | None
) -> Callable[[Mapping[str, Any]], bool]:
    earliest, latest = str(since or ""), str(until or "~")

    def fits(row: Mapping[str, Any]) -> bool:
        return (
            row["kind"] not in MACHINERY
            and (viewer is None or row.get("who") == viewer)
            and (purpose is None or row.get("purpose") == purpose)
            and earliest <= row["at"] < latest
        )

    return fits


async def _find(context: Context, asked: _Asked) -> Found:
    if not 1 <= asked.first <= LARGEST_PAGE:
        raise UnanswerableError(f"`first` must be between 1 and {LARGEST_PAGE}.")
    assert context.audit is not None
    found = await asyncio.to_thread(
        context.audit.find, asked.wanted, asked.before, asked.first, SECONDS
    )
    context.rows_read += [row["seq"] for row in found.rows]
    return found


def _row(row: Mapping[str, Any]) -> AuditRow:
    refused = row.get("refused", [])
    return AuditRow(
        number=row["seq"],
        at=_at(row),
        kind=row["kind"],
        who=row.get("who"),
        role=row.get("role"),
        agency=row.get("agency"),
        scopes=row.get("scopes", []),
        purpose=row.get("purpose"),
        basis=row.get("basis"),
        case=row.get("case"),
        asks=row.get("asks"),
        fields=_fields(row, "read"),
        withheld=sorted(_fields(row, "redacted") + _fields(row, "hidden")),
        refused=refused if isinstance(refused, list) else _fields(row, "refused"),
        about=row.get("about", []),
        seen=row.get("seen", []),
        reason=row.get("reason"),
        errors=row.get("errors", []),
    )


def _disclosure(row: Mapping[str, Any], hers: frozenset[str]) -> Disclosure:
    return Disclosure(
        number=row["seq"],
        at=_at(row),
        who=row["who"],
        role=row.get("role"),
        agency=row.get("agency"),
        purpose=row.get("purpose"),
        basis=row.get("basis"),
        case=row.get("case"),
        asks=row["asks"],
        fields=_fields(row, "read"),
        through=[strawberry.ID(one) for one in row["seen"] if one in hers],
    )


def _at(row: Mapping[str, Any]) -> datetime:
    """As it stands in the row: moments leave as text."""
    at: datetime = row["at"]
    return at


def _fields(row: Mapping[str, Any], what: str) -> list[str]:
    """The fields of a row's definition, which has them by their category."""
    return sorted(field for fields in row.get(what, {}).values() for field in fields)


RESOLVED_IN_PYTHON = frozenset({"AuditPage", "AuditRow", "DisclosurePage", "Disclosure"})
