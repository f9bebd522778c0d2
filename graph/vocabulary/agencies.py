"""Who writes records about a child: agencies, their systems, and the tables they deliver."""

from enum import StrEnum


class Agency(StrEnum):
    """An agency that holds records about a child (REQUIREMENTS.md §1)."""

    ICE_ERO = "ICE_ERO"
    ICE_OPLA = "ICE_OPLA"
    EOIR = "EOIR"
    ORR = "ORR"
    USCIS = "USCIS"
    FIELD_OFFICE = "FIELD_OFFICE"


class Source(StrEnum):
    """A system of record, or the paper that stands in for one (REQUIREMENTS.md §2)."""

    EARM = "EARM"
    PLANET = "PLANET"
    EOIR = "EOIR"
    ORR = "ORR"
    VOR = "VOR"
    NTA = "NTA"
    USCIS = "USCIS"
    LOCAL_WORKSHEET = "LOCAL_WORKSHEET"


class Table(StrEnum):
    """A table of FORMATS.md, named as agencies name it."""

    EARM = "earm"
    PLANET = "planet"
    EOIR_CASE = "eoir_case"
    EOIR_PROCEEDING = "eoir_proceeding"
    EOIR_SCHEDULE = "eoir_schedule"
    EOIR_JUVENILE = "eoir_juvenile"
    ORR_RELEASE = "orr_release"
    ORR_PUBLIC = "orr_public"
    ORR_CONTACT = "orr_contact"
    VOR = "vor"
    NTA = "nta"
    USCIS_RELIEF = "uscis_relief"
    WORKSHEET = "worksheet"


# Rows of a court case that hang on the case: whoever it describes, they describe.
FOLLOWS_ITS_CASE = frozenset({Table.EOIR_PROCEEDING, Table.EOIR_SCHEDULE, Table.EOIR_JUVENILE})

AGENCY_OF: dict[Source, Agency] = {
    Source.EARM: Agency.ICE_ERO,
    Source.PLANET: Agency.ICE_OPLA,
    Source.EOIR: Agency.EOIR,
    Source.ORR: Agency.ORR,
    # ORR writes the Verification of Release; that ICE files a copy does not make ICE its author.
    Source.VOR: Agency.ORR,
    # An NTA is issued by ICE or USCIS; ICE's copy is the one delivered.
    Source.NTA: Agency.ICE_OPLA,
    Source.USCIS: Agency.USCIS,
    Source.LOCAL_WORKSHEET: Agency.FIELD_OFFICE,
}
