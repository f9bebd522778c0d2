"""Which category each field of the schema belongs to: `fields.toml`, read once and checked.

Who asks for what nobody foresaw gets nothing: a field that no rule covers is refused, and a test
refuses the schema that has one (`tests/api/test_categories.py`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.vocabulary.viewers import Category

_FILE = Path(__file__).with_name("fields.toml")
_OF_ALL = "*"
# GraphQL's own fields, which stand in no schema file: who may introspect is a permission.
_OF_GRAPHQL = "__"


class RulesError(Exception):
    """The rules contradict themselves, or name what does not exist."""


@dataclass(frozen=True, slots=True)
class Categories:
    """`fields` by type and field, `*` for all of a type; `kinds` by type; `arguments` as is."""

    fields: Mapping[tuple[str, str], Category]
    kinds: Mapping[str, Category]
    arguments: Mapping[str, Category]


def read(rules: Mapping[str, Any]) -> Categories:
    """The categories that these rules name.

    Raises:
        RulesError: a category is unknown, or a field stands in two.
    """
    fields: dict[tuple[str, str], Category] = {}
    for named, category in _named(rules):
        if named in fields:
            raise RulesError(f"{named[0]}.{named[1]} stands in two categories: leave it in one.")
        fields[named] = category
    whole = {kind for kind, name in fields if name == _OF_ALL}
    if twice := sorted(whole & {kind for kind, name in fields if name != _OF_ALL}):
        raise RulesError(f"{', '.join(twice)}: of one category as a whole, or field by field.")
    kinds = {kind: _category(name) for kind, name in rules["kinds"].items()}
    arguments = {which: _category(name) for which, name in rules["arguments"].items()}
    return Categories(fields, kinds, arguments)


def _named(rules: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Category]]:
    for category, kinds in rules["whole"].items():
        for kind in kinds:
            yield (kind, _OF_ALL), _category(category)
    for kind, categories in rules.items():
        if kind in ("whole", "kinds", "arguments"):
            continue
        for category, names in categories.items():
            for name in names:
                yield (kind, name), _category(category)


def _category(name: str) -> Category:
    if name not in Category.__members__:
        raise RulesError(f"fields.toml: there is no category {name}.")
    return Category(name)


CATEGORIES = read(tomllib.loads(_FILE.read_text("utf-8")))


def category_of(kind: str, name: str) -> Category | None:
    """The category of a field of an object type; None for one that no rule covers."""
    if name.startswith(_OF_GRAPHQL) or kind.startswith(_OF_GRAPHQL):
        return Category.PLAIN
    fields = CATEGORIES.fields
    return fields.get((kind, _OF_ALL)) or fields.get((kind, name))


def category_of_kind(kind: str) -> Category | None:
    """The category of there being a thing of this type, where things of several may be found."""
    return CATEGORIES.kinds.get(kind)


def category_of_argument(kind: str, name: str, argument: str) -> Category | None:
    """The category of what an argument tells by being answered; None where it tells nothing."""
    return CATEGORIES.arguments.get(f"{kind}.{name}({argument})")
