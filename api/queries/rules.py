"""What the rules say, what was asked under them, and what was opened to whom."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Context
from api.types.audit import AuditPage, DisclosurePage, audit_log, disclosures
from api.types.declared import from_graph, paged
from api.types.grants import Grant
from api.types.paging import Connection
from api.types.reporting import Responsibility
from api.types.rules import Policy, PolicyDiff, ViewerType
from graph.reports.responsibilities import responsibilities
from graph.selection import UnanswerableError
from graph.sharing.changes import policy_diff


def _viewer(info: strawberry.Info[Context, None]) -> ViewerType:
    return ViewerType.of(info.context.asked.viewer, info.context.asked.today)


def _policy(
    info: strawberry.Info[Context, None],
    at: Annotated[date | None, strawberry.argument(description="The day; today unless given.")] = (
        None
    ),
) -> Policy:
    return Policy.of(at or info.context.asked.today)


def _policy_diff(
    earlier: Annotated[date, strawberry.argument(name="from", description="The earlier day.")],
    later: Annotated[date, strawberry.argument(name="to", description="The later day.")],
) -> PolicyDiff:
    if later < earlier:
        raise UnanswerableError("`policyDiff` goes from a day to a later one: swap them.")
    return PolicyDiff.of(policy_diff(earlier, later))


def _responsibilities(
    info: strawberry.Info[Context, None],
    event: Annotated[
        str | None, strawberry.argument(description="Only this task; all unless given.")
    ] = None,
    on: Annotated[
        date | None,
        strawberry.argument(description="For a hearing of that day; of today unless given."),
    ] = None,
) -> list[Responsibility]:
    day = on or info.context.asked.today
    return [Responsibility.of(one) for one in responsibilities(day, event)]


@strawberry.type
class Rules:
    viewer: ViewerType = strawberry.field(resolver=_viewer, description="Who is asking.")
    policy: Policy = strawberry.field(
        resolver=_policy,
        description="Who may see what on that day, and by which words of which documents.",
    )
    policy_diff: PolicyDiff = strawberry.field(
        resolver=_policy_diff,
        description="What changed in that from one day to a later one, and by which documents.",
    )
    responsibilities: list[Responsibility] = strawberry.field(
        resolver=_responsibilities,
        description="Whose each task is, on which words, under the rules of a hearing's day.",
    )
    disclosures: DisclosurePage = strawberry.field(
        resolver=disclosures,
        description="To whom anything of a child was told, when, why, and which fields: also under"
        " ids that she once had. For privacy officers, whose questions are in the log as well.",
    )
    audit_log: AuditPage = strawberry.field(
        resolver=audit_log,
        description="What was asked, answered and refused, by whom and to what end. For privacy"
        " officers, whose questions are in it as well.",
    )
    grants: Connection[Grant] = from_graph(
        "What you opened to others, and what is or was open to you, the latest first.", *paged()
    )
    break_glass_to_review: Connection[Grant] = from_graph(
        "Emergencies that no second person has looked at yet, the latest first.", *paged()
    )
