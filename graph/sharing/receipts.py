"""What an answer was not to hold, and by which rule: told by the asker and the question alone.

Nothing here looks at what was found: whoever asks the same as the same gets the same receipt,
whether or not there was anything to withhold.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from graph.sharing.fields import category_of, category_of_argument
from graph.sharing.policy import policy
from graph.sharing.viewer import Viewer
from graph.vocabulary.viewers import Category, Outcome, ScopeKind

# What tells nothing of anybody, so that no class and no scope can keep anything from it.
_OF_NOBODY = frozenset({Category.PLAIN, Category.PUBLIC_FIGURES, Category.FIGURES})
_THE_MATRIX = "REQUIREMENTS.md §15, a design choice"
_WHOM = {
    ScopeKind.OFFICE: "Only children within your field offices, and what leads to them.",
    ScopeKind.DOCKET: "Only children on your courts' dockets, and what leads to them.",
    ScopeKind.PROVIDER: "Only children whom your care provider released, and what leads to them.",
    ScopeKind.CASE: "Only children of the case that you named, and what leads to them.",
    ScopeKind.REFERRAL: "Only children who were referred to you, and what leads to them.",
    ScopeKind.NOBODY: "Nobody: your role is one of figures.",
}


def receipt(
    viewer: Viewer, on: date, read: Iterable[str], redacted: Sequence[str], hidden: Sequence[str]
) -> dict[str, Any] | None:
    """The receipt for an answer to these fields, each `Type.field`; None for who has no rules.

    `role`, `purpose`; `rulesSince`, the day of the last change of the rules; `withheld`, each rule
    of the matrix by which fields were left empty, with the fields where the rule is no secret;
    `classes`, each sharing class of which nothing is in the answer, with the rule that closed it
    (null where simply none opens it), why, and the words' citation; `scope`, whom alone the answer
    is about, null for everyone.
    """
    if viewer.role is None:
        return None
    about_people = any(_category(name) not in _OF_NOBODY for name in read)
    return {
        "role": viewer.role,
        "purpose": viewer.purpose,
        "rulesSince": policy(on).since.isoformat(),
        "withheld": [
            *_by_rule(viewer, Outcome.REDACT, redacted),
            *_by_rule(viewer, Outcome.HIDE, hidden),
        ],
        "classes": list(_classes(viewer, on)) if about_people else [],
        "scope": _scope(viewer) if about_people else None,
    }


def refused_by(viewer: Viewer, fields: Iterable[str]) -> list[str]:
    """The rules that close these fields, or arguments as `Type.field(argument:)`, to the viewer."""
    closed = {_category_of_asked(name) for name in fields}
    return [f"{viewer.role or viewer.name}/{one}" for one in sorted(filter(None, closed))]


def _category_of_asked(name: str) -> Category | None:
    field, _, argument = name.partition("(")
    kind, _, of = field.partition(".")
    if argument:
        return category_of_argument(kind, of, argument.rstrip(":)"))
    return category_of(kind, of)


def _by_rule(viewer: Viewer, outcome: Outcome, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    of = {name: _category(name) for name in fields}
    for category in sorted({one for one in of.values() if one}):
        told: dict[str, Any] = {
            "rule": f"{viewer.role}/{category}",
            "outcome": outcome,
            "citation": _THE_MATRIX,
        }
        if outcome is Outcome.REDACT:
            told["fields"] = [name for name in fields if of[name] is category]
        yield told


def _classes(viewer: Viewer, on: date) -> Iterator[dict[str, Any]]:
    standings = policy(on).standings[viewer.role] if viewer.role else {}
    for of in sorted(viewer.withheld):
        rule = next(iter(standings[of].by), None)
        yield {
            "class": of,
            "rule": rule and rule.id,
            "why": standings[of].why,
            "citation": rule.citation if rule else _THE_MATRIX,
        }


def _scope(viewer: Viewer) -> dict[str, Any] | None:
    kind = viewer.gate.scope
    return {"kind": kind, "why": _WHOM[kind]} if kind in _WHOM else None


def _category(field: str) -> Category | None:
    kind, _, name = field.partition(".")
    return category_of(kind, name)
