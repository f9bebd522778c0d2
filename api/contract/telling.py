"""What changed from one schema to the next, for somebody who writes clients."""

from collections.abc import Sequence
from itertools import pairwise

from graphql import GraphQLSchema
from graphql.utilities import (
    BreakingChange,
    DangerousChange,
    SafeChange,
    SafeChangeType,
)

from api.contract.leaving import COORDINATE, changes, deprecations
from api.contract.releases import Release

_PREFACE = """\
# What changed in the schema
The newest stands first. `./dev schema --release VERSION` writes this page from the schemas in
`released/`; what is not released yet: `./dev schema --changes`.
"""


def told(old: GraphQLSchema, new: GraphQLSchema) -> str:
    """The changes in Markdown, the most pressing first."""
    found = changes(old, new)
    known = deprecations(old)
    parts = {
        "Breaks": [one.description for one in found if isinstance(one, BreakingChange)],
        # An enum value that a client has no case for, a default that moved.
        "Take care": [one.description for one in found if isinstance(one, DangerousChange)],
        "Leaves": [
            f"{coordinate}: {reason}"
            for coordinate, reason in deprecations(new).items()
            if coordinate not in known
        ],
        "New": [one.description for one in found if _is_new(one)],
    }
    lists = [
        f"**{title}**\n" + "".join(f"- {_quoted(line)}\n" for line in lines)
        for title, lines in parts.items()
        if lines
    ]
    return "\n".join(lists) or "Nothing that a client could notice.\n"


def _is_new(change: object) -> bool:
    # What a description says now is read in the schema itself.
    return isinstance(change, SafeChange) and change.type is not SafeChangeType.DESCRIPTION_CHANGED


def _quoted(line: str) -> str:
    return COORDINATE.sub(lambda found: f"`{found[0]}`", line)


def changelog(released: Sequence[Release]) -> str:
    """The page of all releases."""
    entries = [f"## {one.version}, {one.day}\nThe first.\n" for one in released[:1]]
    for old, new in pairwise(released):
        entries.append(f"## {new.version}, {new.day}\n{told(old.schema, new.schema)}")
    return "\n".join([_PREFACE, *reversed(entries)])
