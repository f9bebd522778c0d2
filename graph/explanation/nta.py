"""What papers say of a Notice to Appear comes to: how far it came, and why there is none.

Issued, served, filed and scheduled are four facts. Where papers differ the earliest day counts,
and `differing` says that they do; every statement stays beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.vocabulary.nta import (
    SERVED_HERSELF_FROM,
    NoticeStage,
    ReasonBasis,
    ServiceFit,
    ServiceMethod,
    WithoutNoticeReason,
)


@dataclass(frozen=True, slots=True)
class Service:
    """Whether service was as her age asks for."""

    fit: ServiceFit
    rule: str = (
        "A child under 14 on the day of service is served through the person in charge of the ORR"
        " facility (S2:154, footnote 15). The documents name no rule for older children."
    )


@dataclass(frozen=True, slots=True)
class Notice:
    stage: NoticeStage
    issued_by: str | None
    issued_on: str | None
    served_on: str | None
    service_method: str | None
    filed_on: str | None
    scheduled_for: str | None
    differing: bool
    service: Service | None


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, and what it rests on: records, or the word of somebody of ERO's."""

    reason: WithoutNoticeReason
    basis: ReasonBasis
    records: Sequence[str] = ()
    said_by: str | None = None
    said_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Without:
    """Why there is none: the first ground is the reason, and the others are true as well."""

    grounds: list[Ground]

    @property
    def reason(self) -> WithoutNoticeReason:
        return self.grounds[0].reason


def made_notice(read: Sequence[Any]) -> Notice:
    """From `[statements, first hearing, birth]`; days are ISO text.

    A statement is `[issued by, issued, served, method, filed]`, any of them null.
    """
    statements, scheduled, born = read
    issued_by, issued, served, _, filed = zip(*statements, strict=True) if statements else [()] * 5
    served_on = _earliest(served)
    method = next((one[3] for one in statements if one[2] == served_on and one[3]), None)
    days = (_earliest(issued), served_on, _earliest(filed), scheduled)
    return Notice(
        stage=_stage(*days),
        issued_by=next((one for one in issued_by if one), None),
        issued_on=days[0],
        served_on=served_on,
        service_method=method,
        filed_on=days[2],
        scheduled_for=scheduled,
        differing=any(len({day for day in some if day}) > 1 for some in (issued, served, filed)),
        service=_service(born, served_on, method) if served_on else None,
    )


def _earliest(days: Sequence[str | None]) -> str | None:
    return min((day for day in days if day), default=None)


def _stage(
    issued: str | None, served: str | None, filed: str | None, scheduled: str | None
) -> NoticeStage:
    """The furthest that is known, whatever is missing before it."""
    if scheduled:
        return NoticeStage.HEARING_SCHEDULED
    if filed:
        return NoticeStage.FILED_WITH_DOJ
    if served:
        return NoticeStage.SERVED
    return NoticeStage.ISSUED if issued else NoticeStage.NOT_ISSUED


def _service(born: str | None, served: str, method: str | None) -> Service:
    if not born:
        return Service(ServiceFit.AGE_UNKNOWN)
    if age_on(date.fromisoformat(born), date.fromisoformat(served)) >= SERVED_HERSELF_FROM:
        return Service(ServiceFit.FROM_14_NO_RULE)
    if method is None:
        return Service(ServiceFit.UNDER_14_METHOD_UNKNOWN)
    ruled = method == ServiceMethod.FACILITY_PERSON_IN_CHARGE
    return Service(ServiceFit.UNDER_14_AS_RULED if ruled else ServiceFit.UNDER_14_OTHERWISE)


def age_on(born: date, day: date) -> int:
    """Whole years; born on 29 February she is a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def made_without(read: Sequence[Any]) -> Without:
    """From `[transfers, whether she left care, petitions pending, ERO's words]`.

    The first and third are ids of records; a word is `[reason, by, at, note]`, the latest first.
    """
    transfers, left_care, pending, words = read
    grounds = []
    if transfers and not left_care:
        grounds.append(_of_records(WithoutNoticeReason.IN_ORR_CUSTODY, transfers))
    if pending:
        grounds.append(_of_records(WithoutNoticeReason.RELIEF_PENDING_USCIS, pending))
    for reason, by, at, note in words[:1]:
        basis = ReasonBasis.SAID_BY_ERO
        grounds.append(Ground(WithoutNoticeReason(reason), basis, [], by, at, note))
    return Without(grounds or [Ground(WithoutNoticeReason.UNKNOWN, ReasonBasis.NOTHING)])


def _of_records(reason: WithoutNoticeReason, records: Sequence[str]) -> Ground:
    return Ground(reason, ReasonBasis.RECORDS, sorted(records))
