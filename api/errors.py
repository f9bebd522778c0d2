"""Errors as clients see them: what to do next, and nothing of what goes on inside."""

import logging
import traceback
from collections.abc import Sequence
from uuid import uuid4

from graphql import GraphQLError

from graph.errors import ConnectionFailedError, DeadlineExceededError, OutcomeUnknownError
from graph.selection import UnanswerableError

log = logging.getLogger("sponsorgraph.api")


class Refused(GraphQLError):  # noqa: N818 - a refusal is an answer
    """A request that is not answered at all; the sentence says why, and what to do next.

    `reason` is one of a few words, for counting: never anything that was sent. `status` is the
    HTTP status where it is not the one of every request that cannot be executed; `fields` are
    those of the schema for which it is refused.
    """

    def __init__(
        self,
        sentence: str,
        reason: str,
        *,
        code: str = "REFUSED",
        status: int | None = None,
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(sentence, extensions={"code": code})
        self.reason = reason
        self.status = status
        self.fields = fields


# graphql-core's own words for a null where none may be: they name a field of the schema, no more.
_BROKEN_PROMISE = "Cannot return null for non-nullable field"


def public(error: GraphQLError, seconds: float) -> GraphQLError:
    """The error as it may leave: masked under an id, with which the log knows more."""
    original = error.original_error
    if original is None or str(original).startswith(_BROKEN_PROMISE):
        return error
    if isinstance(original, UnanswerableError):
        return _saying(error, str(original), "UNANSWERABLE")
    if isinstance(original, DeadlineExceededError):
        return _saying(error, f"This took longer than {seconds:g} s: ask for less.", "DEADLINE")
    if isinstance(original, OutcomeUnknownError):
        return _saying(error, str(original), "OUTCOME_UNKNOWN")
    if isinstance(original, ConnectionFailedError):
        return _saying(error, "The graph cannot be reached: ask again in a moment.", "UNAVAILABLE")
    return _saying(error, _masked(original), "INTERNAL")


def _masked(original: BaseException) -> str:
    number = uuid4().hex[:12]
    log.error("%s: %s", number, unquoted(original))
    return f"Something went wrong here. Report it as {number}."


def unquoted(fault: BaseException) -> str:
    """For a log: of what kind it is and where, never its words, which may quote what was asked."""
    places = [f"{one.filename}:{one.lineno}" for one in traceback.extract_tb(fault.__traceback__)]
    return f"{type(fault).__name__} at {' < '.join(reversed(places))}"


def _saying(error: GraphQLError, message: str, code: str) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code},
    )
