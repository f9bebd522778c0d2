"""Who asks, and the rules by which they are answered: resolved in Python, and the same for all."""

from datetime import date

import strawberry

from api.types.declared import described
from api.types.viewing import Category, Outcome, Purpose, ScopeKind, SharingClass, ViewerRole
from graph.sharing import Viewer
from graph.sharing.changes import Change, Changes
from graph.sharing.policy import PROVISIONS, ROLES, Standing, policy
from graph.sharing.provisions import Effect, Precision
from graph.sharing.provisions import Provision as ProvisionOfADocument

described(
    Effect,
    "What a provision does.",
    {
        "OPENS": "It opens classes to agencies.",
        "REQUIRES": "The same, as a duty.",
        "CLOSES": "It ends other provisions. What nothing else opens is withheld by default.",
        "INTERPRETS": "It stands beside the rule that it speaks of, and decides nothing.",
        "RECOMMENDS": "The same, as a recommendation.",
    },
    name="ProvisionEffect",
)
described(
    Precision,
    "How exactly a document gives a day: of a longer time, its first day is taken.",
    {"DAY": "A day.", "WEEK": "A week.", "MONTH": "A month.", "YEAR": "A year."},
    name="DatePrecision",
)


@strawberry.type(description="One rule of one agreement, memorandum or other paper.")
class Provision:
    id: strawberry.ID = strawberry.field(description="The document's name, and the provision's.")
    document: str = strawberry.field(description="The document's title.")
    effect: Effect = strawberry.field(description="What it does.")
    classes: list[SharingClass] = strawberry.field(description="Whose papers it is about.")
    agencies: list[str] = strawberry.field(description="To whom it opens or closes them.")
    begins: date = strawberry.field(description="The first day on which it is in force.")
    begins_precision: Precision = strawberry.field(description="How exactly that is known.")
    until: date | None = strawberry.field(description="The day from which it no longer is.")
    until_precision: Precision | None = strawberry.field(description="How exactly that is known.")
    words: str = strawberry.field(description="Its words, as the report quotes or tells them.")
    citation: str = strawberry.field(description="Where they stand: S2:100 is line 100 of S2.")
    means: str = strawberry.field(description="What that comes to here.")
    about: list[strawberry.ID] = strawberry.field(description="The provisions it speaks of.")

    @staticmethod
    def of(one: ProvisionOfADocument) -> "Provision":
        return Provision(
            id=strawberry.ID(one.id),
            document=one.title,
            effect=one.effect,
            classes=sorted(one.classes),
            agencies=sorted(one.to),
            begins=one.begins,
            begins_precision=one.begins_precision,
            until=one.until,
            until_precision=one.until_precision,
            words=one.words,
            citation=one.citation,
            means=one.means,
            about=[strawberry.ID(other) for other in one.about],
        )


@strawberry.type(description="How a sharing class stands to a role.")
class ClassRule:
    sharing_class: SharingClass = strawberry.field(description="Whose papers.")
    open: bool = strawberry.field(description="Whether facts of it are in the role's answers.")
    why: str = strawberry.field(description="Why, in a sentence.")
    by: list[Provision] = strawberry.field(
        description="The provisions that open it, or that ended what opened it; none where the"
        " matrix opens it, or nothing does."
    )
    beside: list[Provision] = strawberry.field(
        description="Provisions that speak of these and decide nothing."
    )

    @staticmethod
    def of(standing: Standing) -> "ClassRule":
        return ClassRule(
            sharing_class=standing.sharing_class,
            open=standing.open,
            why=standing.why,
            by=[PROVISION[one.id] for one in standing.by],
            beside=[PROVISION[one.id] for one in standing.beside],
        )


@strawberry.type(description="What becomes of the fields of a category.")
class CategoryRule:
    category: Category = strawberry.field(description="The category.")
    outcome: Outcome = strawberry.field(description="What becomes of its fields.")


@strawberry.type(description="A role's rules, as they stand on a day.")
class RoleRules:
    role: ViewerRole = strawberry.field(description="The role.")
    agency: str = strawberry.field(description="Of which agency it is.")
    purposes: list[Purpose] = strawberry.field(description="The ends to which it may ask.")
    scope: ScopeKind = strawberry.field(description="Whom it may see.")
    classes: list[ClassRule] = strawberry.field(description="Whose papers it may read.")
    fields: list[CategoryRule] = strawberry.field(description="What of an answer it gets.")

    @staticmethod
    def of(role: ViewerRole, day: date) -> "RoleRules":
        rules = ROLES[role]
        return RoleRules(
            role=role,
            agency=rules.of,
            purposes=list(rules.purposes),
            scope=rules.scope,
            classes=[ClassRule.of(one) for one in policy(day).standings[role].values()],
            fields=[
                CategoryRule(category=category, outcome=outcome)
                for category, outcome in rules.gate.outcomes.items()
            ],
        )


@strawberry.type(description="The rules as they stand on a day.")
class Policy:
    at: date = strawberry.field(description="The day asked about.")
    roles: list[RoleRules] = strawberry.field(description="Each role's rules.")
    provisions: list[Provision] = strawberry.field(
        description="What is in force, in the order in which it began."
    )

    @staticmethod
    def of(day: date) -> "Policy":
        return Policy(
            at=day,
            roles=[RoleRules.of(role, day) for role in ViewerRole],
            provisions=[PROVISION[one.id] for one in policy(day).in_force],
        )


@strawberry.type(description="A sharing class that was opened or closed to a role.")
class PolicyChange:
    role: ViewerRole = strawberry.field(description="To whom.")
    purposes: list[Purpose] = strawberry.field(description="To whichever of these ends they ask.")
    sharing_class: SharingClass = strawberry.field(description="Whose papers.")
    before: ClassRule = strawberry.field(description="How it stood on the earlier day.")
    after: ClassRule = strawberry.field(description="How it stands on the later.")

    @staticmethod
    def of(change: Change) -> "PolicyChange":
        return PolicyChange(
            role=change.role,
            purposes=list(change.purposes),
            sharing_class=change.sharing_class,
            before=ClassRule.of(change.before),
            after=ClassRule.of(change.after),
        )


@strawberry.type(description="What changed in the rules from one day to a later one.")
class PolicyDiff:
    earlier: date = strawberry.field(name="from", description="The earlier day.")
    later: date = strawberry.field(name="to", description="The later day.")
    changes: list[PolicyChange] = strawberry.field(description="What was opened or closed to whom.")
    began: list[Provision] = strawberry.field(
        description="What came into force after the earlier day, and by the later."
    )
    ended: list[Provision] = strawberry.field(
        description="What went out of force after the earlier day, and by the later."
    )

    @staticmethod
    def of(found: Changes) -> "PolicyDiff":
        return PolicyDiff(
            earlier=found.earlier,
            later=found.later,
            changes=[PolicyChange.of(one) for one in found.changes],
            began=[PROVISION[one.id] for one in found.began],
            ended=[PROVISION[one.id] for one in found.ended],
        )


@strawberry.type(name="Viewer", description="Who asks, and so what may be seen.")
class ViewerType:
    name: str = strawberry.field(description="The viewer's name, as the audit has it.")
    role: ViewerRole | None = strawberry.field(
        description="The role in which they ask; null for whoever holds the database's keys."
    )
    agency: str | None = strawberry.field(description="Of which agency the role is.")
    purpose: Purpose | None = strawberry.field(description="To what end.")
    basis: str | None = strawberry.field(description="On which legal basis, in their words.")
    case: str | None = strawberry.field(description="For which case, where the purpose needs one.")
    scopes: list[str] = strawberry.field(
        description="What is theirs to see, as in `office/HOUSTON`; none where all is, or nobody."
    )
    rules: RoleRules | None = strawberry.field(
        description="The rules of today by which they are answered; null for whoever has none."
    )

    @staticmethod
    def of(viewer: Viewer, day: date) -> "ViewerType":
        return ViewerType(
            name=viewer.name,
            role=viewer.role,
            agency=viewer.role and ROLES[viewer.role].of,
            purpose=viewer.purpose,
            basis=viewer.basis,
            case=viewer.case,
            scopes=sorted(viewer.scopes),
            rules=RoleRules.of(viewer.role, day) if viewer.role else None,
        )


PROVISION = {one.id: Provision.of(one) for one in PROVISIONS.values()}
RESOLVED_IN_PYTHON = frozenset(
    {
        *("Viewer", "Policy", "PolicyDiff", "PolicyChange"),
        *("RoleRules", "ClassRule", "CategoryRule", "Provision"),
    }
)
