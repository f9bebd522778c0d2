"""The few words in which `graph/shapes` says what a thing is in Cypher.

Texts are plain Cypher over variables called by what they are (`child`, `address`, `fact`). The
projection gives every use of a variable a name of its own, so a text may be used at any depth.
Some conditions are written short, as `visible(fact)`, `admitted(node)` and `holds(relation)`: what
they ask for depends on who is asking, see `graph.shapes.admission`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.selection import Asked


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as the statement's parameter: `read` makes the one from the other.

    `read` also decides what an argument that was not given means (None), and refuses a value with
    UnanswerableError. One argument may feed two parameters: then `parameter` names each.
    """

    name: str
    read: Callable[[Any, Asked], Any]
    parameter: str = ""

    @property
    def called(self) -> str:
        return self.parameter or self.name


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted: what the text of a connection may depend on.

    `backward` wants its last things, and their rows then come in reverse; `after` and `before`
    say whether the cursor of that name was given.
    """

    backward: bool = False
    after: bool = False
    before: bool = False

    @property
    def size(self) -> str:
        return "$last" if self.backward else "$first"

    def order(self, order: str) -> str:
        """The order in which to read, where `order` is the list's."""
        keys = order.split(", ") if self.backward else []
        return ", ".join(map(_reversed, keys)) or order

    def within(self, place: str, *, descending: bool = False) -> str:
        """Conditions on the list of keys `place`, by which the list ascends or descends."""
        return self._between(place, "", ("<", ">") if descending else (">", "<"))

    def bounds(self, key: str, at: int = 0, *, descending: bool = False) -> str:
        """The same of one key, the cursor's number `at`, so that an index on it is used.

        A key that stands in the cursor with its sign turned is written with a minus.
        """
        signs = ("<=", ">=") if descending or key.startswith("-") else (">=", "<=")
        return self._between(key.lstrip("-"), f"[{at}]", signs, key[: -len(key.lstrip("-"))])

    def _between(self, key: str, item: str, signs: tuple[str, str], sign: str = "") -> str:
        given = {"after": self.after, "before": self.before}
        return "".join(
            f" AND {key} {compared} {sign}${name}{item}"
            for compared, (name, was_given) in zip(signs, given.items(), strict=True)
            if was_given
        )


def _reversed(key: str) -> str:
    return key.removesuffix(" DESC") if key.endswith(" DESC") else f"{key} DESC"


# Cypher, or what writes it for the page that is wanted.
Text = str | Callable[[Page], str]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value, as one Cypher expression; dates leave as ISO text."""

    text: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A value that Python works out: an attribute of what the shape's `makes` makes.

    Of a shape without a node, whose things are such objects, it is the object's own attribute.
    """

    attribute: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Makes:
    """How a shape's made fields come about: one Cypher expression, and what is made of it.

    It is read once a thing, and only when a made field is wanted.
    """

    text: str
    make: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Relation:
    """The way from one thing to another, or to many.

    `of` are the shapes at its end: more than one when it may be any of them, and then `subject`
    is the variable whose label tells. `match` are clauses that bind `binds`; without any, the end
    is in scope already. `same` gives a bound variable a second name. `by` has a `match` for each
    argument of which exactly one must be given, `instead` one that takes its place when the
    argument has a value; `given` adds conditions for arguments with a value, and `then` follows.
    `scoped` takes its place where it is asked of each thing whether it is the viewer's to see.
    `several` is the sentence for whoever asked for one thing where there are more.
    `cursor` makes it a connection, whose `order` is by that list and whose `match` says which page
    of it; `edge` are fields of its edges.
    """

    of: tuple[str, ...]
    match: Text = ""
    binds: tuple[str, ...] = ()
    order: str = ""
    limit: str = ""
    many: bool = False
    scoped: Text = ""
    subject: str = ""
    cursor: str = ""
    arguments: tuple[Argument, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    by: Mapping[str, Text] = field(default_factory=dict)
    instead: Mapping[str, Text] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    then: str = ""
    several: str = ""
    edge: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A thing and its fields, over the variable `node`; without one it is an object of Python's.

    A variable in `needs` is bound by its clause when a wanted field mentions it. For what is
    `of_everybody` everybody is looked at, however little of it is asked for: it may take long.
    """

    name: str
    node: str
    fields: Mapping[str, "Scalar | Relation | Made"]
    needs: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    makes: Makes | None = None
    of_everybody: bool = False
