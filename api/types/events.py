"""What a subscription tells: each event with its place, so that a listener can go on from there."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.types.court import AppearanceReport, Hearing
from api.types.declared import from_graph
from api.types.identities import IdentityEvent
from api.types.paging import Node
from api.types.people import Child
from api.types.places import Address, AddressReport

_STANDS = "Whether it still stands: false once a later run replaced or withdrew it."
_AT = "When readers first saw it."


@strawberry.interface(description="Something that a subscription tells.")
class Event:
    cursor: str = from_graph("Its place in the stream: pass it as `after` to go on from here.")
    run: int = from_graph("The number of the run that brought it.")


@strawberry.type(
    description="A record says for the first time, or anew, where somebody lives. A record that"
    " comes in a new version and says the same is no news."
)
class AddressReported(Event):
    at: datetime | None = from_graph(_AT)
    stands: bool = from_graph(_STANDS)
    report: AddressReport = from_graph("What the record says.")
    resident: Node = from_graph("The child or sponsor said to live there, as known now.")
    address: Address = from_graph("The address.")


@strawberry.type(
    description="A source says that a child failed to appear. Another source may say otherwise:"
    " see `hearing.disagreement`."
)
class FailedToAppear(Event):
    at: datetime | None = from_graph(_AT)
    stands: bool = from_graph(_STANDS)
    report: AppearanceReport = from_graph("What the source says.")
    hearing: Hearing = from_graph("The hearing.")
    child: Child | None = from_graph("The child whose hearing it is, as known now.")


@strawberry.type(description="Identities were merged or split, or records moved between them.")
class IdentityChanged(Event):
    at: datetime | None = from_graph(_AT)
    event: IdentityEvent = from_graph("What happened.")
    identities: list[Node] = from_graph("Who bears the records since, as known now, by id.")


@strawberry.type(
    description="A run brought more than `mostOfARun`, and the rest of it is left out: ask for it"
    " by query, or once more from before with a larger `mostOfARun`."
)
class EventsOmitted(Event):
    told: int = from_graph("How many of the run's events were told.")
    message: str = from_graph("What to do about it.")


@strawberry.type(
    description="Everything up to here was told. Sent, where `marks` are asked for, at the start"
    " and whenever there is nothing more to tell."
)
class HeardUpTo(Event):
    pass


AddressReportedEvent = Annotated[
    AddressReported | EventsOmitted | HeardUpTo,
    strawberry.union("AddressReportedEvent", description="What `addressReported` tells."),
]
FailedToAppearEvent = Annotated[
    FailedToAppear | EventsOmitted | HeardUpTo,
    strawberry.union("FailedToAppearEvent", description="What `failedToAppear` tells."),
]
IdentityChangedEvent = Annotated[
    IdentityChanged | EventsOmitted | HeardUpTo,
    strawberry.union("IdentityChangedEvent", description="What `identityChanged` tells."),
]
