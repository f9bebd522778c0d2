"""How often each thing goes wrong, at noise 1. S sourced, P pseudopeople's default, A assumed."""

from dataclasses import dataclass

TYPO, HEARD, SCANNED, NICKNAME = 0.01, 0.01, 0.01, 0.01  # P, each a name
SCANNED_FORM = 0.03  # A: more of it on scanned paper
SECOND_SURNAME_DROPPED, SURNAMES_SWAPPED, SURNAMES_JOINED = 0.20, 0.05, 0.05  # A
SECOND_GIVEN_DROPPED, SECOND_GIVEN_INITIAL, GIVEN_SWAPPED = 0.15, 0.04, 0.02  # A
DAY_AND_MONTH_SWAPPED, FIRST_OF_JANUARY, YEAR_OFF_BY_ONE = 0.01, 0.02, 0.01  # P, A, A
BIRTH_MISSING, BIRTH_DAY_OFF = 0.005, 0.005  # A
A_NUMBER_WRONG, A_SIBLINGS_NUMBER = 0.01, 0.015  # P, A: of those who have a sibling beside them
SEX_WRONG, SEX_MISSING = 0.005, 0.01  # A
EVENT_DAY_OFF, EVENT_DAY_MISSING = 0.04, 0.01  # A: entry, hearing, filing, release
PHONE_WRONG, PHONE_MISSING, PHONE_OLD = 0.02, 0.03, 0.10  # A
RELATIONSHIP_OTHER_WORDS = 0.08  # A
TWICE_IN_ONE_AGENCY = 0.02  # A
KEYED_AGAIN = 0.15  # A: an agency's later rows of a child keyed afresh, not copied
CITY_MISSPELT, ZIP_WRONG = 0.01, 0.01  # A, P
UNIT_SHARE = 0.37  # of homes that have a unit: rates of lost units are given of all addresses


@dataclass(frozen=True, slots=True)
class AddressRates:
    """Addresses that cannot be used, of all: none written, unit lost, not deliverable."""

    blank: float
    no_unit: float
    undeliverable: float


RELEASE_PAPERS = AddressRates(0.015, 0.034, 0.020)  # S 6.9 % in all; A how it divides
EARM = AddressRates(0.055, 0.090, 0.035)  # S 18 % bad, of these 5.5 blank and 9 without unit
COURT = AddressRates(0.020, 0.060, 0.020)  # A
OTHER = AddressRates(0.020, 0.040, 0.020)  # A
