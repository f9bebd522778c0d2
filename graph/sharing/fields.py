"""Which category each field of the schema belongs to."""

from graph.vocabulary.viewers import Category


def category_of(kind: str, name: str) -> Category:  # noqa: ARG001 - until the table is there
    """The category of a field of an object type."""
    return Category.PLAIN
