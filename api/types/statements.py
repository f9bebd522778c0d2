"""Where somebody says that she lives now, and whether somebody looked."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.places import Address
from api.types.welfare import KEY, NOTE, ON, WelfareRefused
from graph.vocabulary.agencies import Agency
from graph.vocabulary.welfare import Reporter, VerificationOutcome, VerifiedBy

described(
    Reporter,
    "Who said where she lives now.",
    {
        "CHILD": "She herself.",
        "SPONSOR": "Her sponsor.",
        "REPRESENTATIVE": "Her legal representative.",
    },
)
described(
    VerifiedBy,
    "How somebody looked.",
    {
        "CALL": "By a call.",
        "VISIT": "By going there.",
        "DOCUMENT": "By a document, as a school's letter.",
    },
)
described(
    VerificationOutcome,
    "What they found.",
    {
        "CONFIRMED": "She lives there.",
        "NOT_THERE": "She does not.",
        "UNDECIDED": "It could not be told.",
    },
)
_WHEN = "When it was recorded."
_WHO = "Who recorded it."
_WHOSE = "Of which agency they are; null for one that delivers no files here."


@strawberry.type(description="Where somebody says that she lives now. It overwrites no paper.")
class AddressStatement:
    id: strawberry.ID = from_graph("Its own id.")
    reporter: Reporter = from_graph("Who said so.")
    line1: str = from_graph("House number and street, as said.")
    unit: str | None = from_graph("The unit, as said.")
    city: str | None = from_graph("City, as said.")
    state: str | None = from_graph("State, as said.")
    zip: str | None = from_graph("ZIP code, as said.")
    reported_on: date = from_graph("The day on which it was said.")
    address: Address | None = from_graph(
        "The same door among the addresses of files; null until one names it."
    )
    verifications: list["AddressVerification"] = from_graph(
        "What was found when somebody looked, the latest first."
    )
    recorded_at: datetime = from_graph(_WHEN)
    recorded_by: str = from_graph(_WHO)
    agency: Agency | None = from_graph(_WHOSE)


@strawberry.type(description="What somebody found who looked whether she lives there.")
class AddressVerification:
    id: strawberry.ID = from_graph("Its own id.")
    outcome: VerificationOutcome = from_graph("What was found.")
    method: VerifiedBy = from_graph("How.")
    on: date = from_graph("The day.")
    note: str | None = from_graph("What they noted.")
    address: Address | None = from_graph("The address, where it is one of files.")
    statement: AddressStatement | None = from_graph("Or what somebody had said.")
    recorded_at: datetime = from_graph(_WHEN)
    recorded_by: str = from_graph(_WHO)
    agency: Agency | None = from_graph(_WHOSE)


@strawberry.input(description="An address as somebody says it.")
class ReportAddressInput:
    child_id: strawberry.ID = strawberry.field(description="The child who lives there.")
    reporter: Reporter = strawberry.field(description="Who says so.")
    line1: str = strawberry.field(description="House number and street.")
    reported_on: date = strawberry.field(description="The day on which it was said.")
    key: str = strawberry.field(description=KEY)
    unit: str | None = strawberry.field(default=None, description="The unit.")
    city: str | None = strawberry.field(default=None, description="City.")
    state: str | None = strawberry.field(default=None, description="State, as two letters.")
    zip: str | None = strawberry.field(default=None, description="ZIP code.")


@strawberry.input(description="What somebody found who looked. Name one address or one statement.")
class VerifyAddressInput:
    child_id: strawberry.ID = strawberry.field(description="The child.")
    outcome: VerificationOutcome = strawberry.field(description="What was found.")
    method: VerifiedBy = strawberry.field(description="How.")
    on: date = strawberry.field(description=ON)
    key: str = strawberry.field(description=KEY)
    address_id: strawberry.ID | None = strawberry.field(
        default=None, description="An address of files."
    )
    statement_id: strawberry.ID | None = strawberry.field(
        default=None, description="What somebody said."
    )
    note: str | None = strawberry.field(default=None, description=NOTE)


@strawberry.type(description="What was said is recorded.")
class AddressStated:
    statement: AddressStatement = from_graph("What was recorded.")


@strawberry.type(description="What was found is recorded.")
class AddressVerified:
    verification: AddressVerification = from_graph("What was recorded.")


ReportAddressResult = Annotated[
    AddressStated | WelfareRefused,
    strawberry.union("ReportAddressResult", description="What came of reporting an address."),
]
VerifyAddressResult = Annotated[
    AddressVerified | WelfareRefused,
    strawberry.union("VerifyAddressResult", description="What came of verifying an address."),
]
