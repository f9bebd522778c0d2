"""Two worlds that differ only in what a viewer may not see, and what the viewer is told in each."""

import asyncio
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from api.library import Request
from graph.sharing import Viewer
from tests.api.ears import Ears, beginning
from tests.sharing.reduced import left
from tests.sharing.rules import ROLES, closed
from tests.sharing.walking import Walker, a_viewer


@dataclass(frozen=True)
class Asker:
    """Somebody in a role on a day."""

    role: str
    purpose: str
    day: date

    @property
    def viewer(self) -> Viewer:
        return a_viewer(self.role, self.purpose, self.day)

    def left_of(self, entries):
        return left(entries, closed(self.role, self.day), ROLES[self.role][1])


OF_HOUSTON = Asker("ERO_FOJC", "CASE_MANAGEMENT", date(2024, 9, 1))
BEFORE_THE_GUIDANCE = Asker("ORR_TRIAGE", "CHILD_SAFETY", date(2023, 12, 20))


def written_out(question: str, ids: dict[str, str]) -> str:
    """The question with ids for names."""
    return re.sub(r"\$(\w+)", lambda found: f'"{ids[found[1]]}"', question)


class Told(Walker):
    """All that leaves for a question, as bytes: data, errors and what stands beside them."""

    async def bytes(self, viewer: Viewer, text: str) -> bytes:
        response = await self._asking.answer(Request(text, None, {}), viewer, self._reads)
        result = response.result
        told: dict[str, Any] = {"data": result.data, "extensions": result.extensions}
        told["errors"] = [error.formatted for error in result.errors or []]
        return orjson.dumps([told, response.executed, response.status], default=str)


SUBSCRIPTIONS = {
    "addresses": "addressReported(after: $after, marks: true) { __typename ... on Event { cursor run }"
    " ... on AddressReported { report { id } resident { id } address { id } stands at } }",
    "addresses, few of a run": "addressReported(after: $after, marks: true, mostOfARun: 1) {"
    " __typename ... on Event { cursor run } ... on EventsOmitted { told message } }",
    "addresses of a state": 'addressReported(after: $after, marks: true, states: ["TX"]) {'
    " __typename ... on Event { cursor run } }",
    "failures": "failedToAppear(after: $after, marks: true) { __typename ... on Event { cursor run }"
    " ... on FailedToAppear { report { source } hearing { id } child { id } } }",
    "identities": "identityChanged(after: $after, marks: true) { __typename ... on Event { cursor run }"
    " ... on IdentityChanged { event { id from to moves { record } } identities { id } } }",
}  # fmt: skip


async def heard(door, viewer: Viewer, name: str) -> bytes:
    """All that is told of a stream from its beginning until there is no more."""
    field = SUBSCRIPTIONS[name].partition("(")[0]
    text = f"subscription ($after: String) {{ {SUBSCRIPTIONS[name]} }}"
    told: list[Any] = []
    ears = Ears(door, viewer)
    async with asyncio.timeout(120), ears.responses(text, after=beginning(field)) as responses:
        while (result := await _next(ears, responses)) is not None:
            told.append([result.data, [error.formatted for error in result.errors or []]])
            if result.errors:
                break
    return orjson.dumps(told, default=str)


async def _next(ears: Ears, responses: Any) -> Any:
    """The next response; None once the watch has looked in vain for more."""
    more = asyncio.ensure_future(anext(responses))
    before = len(ears.read)
    while not more.done() and not ears._has_looked_in_vain(before):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    if more.done():
        return more.result().result
    more.cancel()
    await asyncio.wait([more])
    return None
