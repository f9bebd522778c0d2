"""Children, sponsors, and what joins them."""

from enum import StrEnum


class Role(StrEnum):
    """What a record's person is to the case."""

    CHILD = "CHILD"
    SPONSOR = "SPONSOR"


class Sex(StrEnum):
    FEMALE = "FEMALE"
    MALE = "MALE"


class SponsorCategory(StrEnum):
    """ORR's category of sponsor.

    1 parent or legal guardian, 2 immediate relative (2A and 2B since the agency split it),
    3 distant relative or unrelated adult.
    """

    CATEGORY_1 = "CATEGORY_1"
    CATEGORY_2 = "CATEGORY_2"
    CATEGORY_2A = "CATEGORY_2A"
    CATEGORY_2B = "CATEGORY_2B"
    CATEGORY_3 = "CATEGORY_3"


class ReleaseType(StrEnum):
    """How a child left ORR's care (S2:69)."""

    SPONSOR = "SPONSOR"
    FOSTER_CARE = "FOSTER_CARE"
    AGED_OUT = "AGED_OUT"


class ContactKind(StrEnum):
    """What somebody's latest word on a child was about.

    In those of IN_PERSON she herself was seen or spoken to. The rest is others' word: a source that
    notes a failure to appear wrote of her and did not see her. A delivery says when a file was
    sent, not when anybody last knew anything of her.
    """

    RELEASED = "RELEASED"
    APPEARED = "APPEARED"
    CALL = "CALL"
    WELLNESS_CHECK = "WELLNESS_CHECK"
    SERVICE = "SERVICE"
    HELPLINE = "HELPLINE"
    SPONSOR_CALL = "SPONSOR_CALL"
    ADDRESS_REPORTED = "ADDRESS_REPORTED"
    COURT_NOTED = "COURT_NOTED"
    RECORD_DELIVERED = "RECORD_DELIVERED"


IN_PERSON = (
    ContactKind.RELEASED,
    ContactKind.APPEARED,
    ContactKind.CALL,
    ContactKind.WELLNESS_CHECK,
)


class MatchPart(StrEnum):
    """What of a search a child was found by."""

    NAME = "NAME"
    BORN = "BORN"
    CITY = "CITY"
    STATE = "STATE"
    SPONSOR = "SPONSOR"
    A_NUMBER = "A_NUMBER"
