"""Relay's connections: a page of edges, and how to get the next."""

from typing import Generic, TypeVar

import strawberry

from api.types.declared import from_graph


@strawberry.interface(description="Anything that can be fetched again by its id.")
class Node:
    id: strawberry.ID = from_graph("This system's own id: made once, and never reused.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = from_graph("Whether there is more after this page.")
    has_previous_page: bool = from_graph("Whether there is more before this page.")
    start_cursor: str | None = from_graph("The cursor of the first edge: pass it as `before`.")
    end_cursor: str | None = from_graph("The cursor of the last edge: pass it as `after`.")


T = TypeVar("T")


@strawberry.type(description="One thing of a list, and its place there.")
class Edge(Generic[T]):
    node: T = from_graph("The thing itself.")
    cursor: str = from_graph(
        "Its place in the list: pass it as `after` or `before` to go on from here."
    )


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = from_graph("The page, in the list's documented order.")
    page_info: PageInfo = from_graph("Where the page stands in the list.")
