"""What a row says of an operation: who, to what end, which fields, whose ids, and the outcome.

Nothing else of anybody: ids of this system's own, never what somebody wrote. Of the words of a
request a digest is kept, keyed, so that "did he ask for her by that name?" can be answered by
whoever says the name, and the audit gives none away.
"""

import hmac
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from graphql import (
    OperationDefinitionNode,
    StringValueNode,
    Visitor,
    visit,
)

from api.audit.log import Definition, Entry
from api.library import Request
from api.plan.documents import Document
from api.plan.passage import Passage
from graph.sharing import Viewer
from graph.sharing.fields import category_of

# An id that this system made says nothing; any other text that was sent might be somebody's name.
_OURS = re.compile(r"(child|sponsor|address|hearing|fact|judgement|pair|event)_[a-z2-7]{16}")
_NAME_BYTES = 10
_SORTED = orjson.OPT_SORT_KEYS


@dataclass(frozen=True, slots=True)
class Operation:
    """What rows need of an operation behind a gate, worked out once.

    `written` are ids of ours that stand in the document itself, `text` is the document's digest.
    """

    definition: Definition
    written: tuple[str, ...]
    text: bytes


def operation_of(
    document: Document, operation: OperationDefinitionNode, passage: Passage, gate: str
) -> Operation:
    """The operation as rows have it. Its name and its text are its client's, and stay out."""
    written = _Written()
    visit(document.node, written)
    return Operation(
        _definition(operation.operation.value, document.signature, passage, gate),
        tuple(filter(is_ours, written.found)),
        digest_of_text(document.node.loc.source.body if document.node.loc else ""),
    )


def _definition(kind: str, signature: str, passage: Passage, gate: str) -> Definition:
    asked = [*passage.read, *passage.redacted, *passage.hidden, *passage.refused]
    roots = sorted(field.partition(".")[2] for field in asked if field.split(".")[0] in _ROOTS)
    told = {
        "kind": "DEFINITION",
        "asks": f"{kind} {', '.join(roots)}",
        "document": signature,
        "gate": gate,
        "read": _by_category(passage.read),
        "noted": _by_category(passage.noted),
        "redacted": _by_category(passage.redacted),
        "hidden": _by_category(passage.hidden),
        "refused": _by_category(passage.refused),
    }
    return _named({key: value for key, value in told.items() if value})


def _named(told: Mapping[str, Any]) -> Definition:
    name = sha256(orjson.dumps(told)).hexdigest()[: 2 * _NAME_BYTES]
    return Definition(name, orjson.dumps({**told, "definition": name}))


_ROOTS = ("Query", "Mutation", "Subscription")


def _by_category(fields: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in fields:
        kind, _, name = field.partition(".")
        found.setdefault(str(category_of(kind, name) or ""), []).append(field)
    return found


def who(viewer: Viewer) -> dict[str, Any]:
    """Who asks, to what end, on what basis, and for which case, as a row has it."""
    told: dict[str, Any] = {
        "who": viewer.name,
        "role": viewer.role,
        "agency": viewer.agency,
        "scopes": sorted(viewer.scopes),
        "purpose": viewer.purpose,
        "basis": viewer.basis,
        "case": viewer.case,
    }
    return {key: value for key, value in told.items() if value}


def of_an_operation(
    kind: str,
    viewer: Viewer,
    operation: Operation,
    request: Request,
    key: bytes,
    seen: Collection[str] = (),
    **more: Any,
) -> Entry:
    """A row about an operation: `seen` are the ids of the things that its answer holds."""
    sent = {text for text in _texts(request.variables) if text in seen or is_ours(text)}
    about = sorted(sent.union(operation.written))
    told = {
        "kind": kind,
        **who(viewer),
        "operation": operation.definition.name,
        "asked": keyed_digest(key, operation.text, request.operation_name, request.variables),
        "about": about,
        "seen": sorted(seen),
        **more,
    }
    body = {name: value for name, value in told.items() if value not in (None, [])}
    return Entry(orjson.dumps(body), operation.definition)


def of_a_command(name: str, fields: Iterable[str], viewer: Viewer, seen: Iterable[str]) -> Entry:
    """A row about a command that answers without the API, as the API has those `fields`."""
    told = {"kind": "DEFINITION", "asks": f"command {name}", "gate": viewer.gate.name}
    definition = _named(told | {"read": _by_category(fields)})
    ids = sorted(seen)
    row = {"kind": "ANSWERED", **who(viewer), "operation": definition.name}
    return Entry(orjson.dumps(row | {"about": ids, "seen": ids}), definition)


def plain(kind: str, **more: Any) -> Entry:
    """A row about no operation."""
    return Entry(orjson.dumps({"kind": kind, **more}))


def is_ours(text: str) -> bool:
    """Whether this is an id that this system made."""
    return _OURS.fullmatch(text) is not None


def digest_of_text(text: str) -> bytes:
    return sha256(text.encode(errors="surrogatepass")).digest()


def keyed_digest(
    key: bytes, text: bytes, operation_name: str | None, variables: Mapping[str, Any]
) -> str:
    """What a row keeps of the words of a request; whoever has them and the key finds it again."""
    said = orjson.dumps([operation_name, variables], default=str, option=_SORTED)
    return hmac.digest(key, text + said, "sha256").hex()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)


class _Written(Visitor):
    """Gathers the texts that stand in a document."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        self.found.add(node.value)
