"""Hearings, and each source's word on whether the child appeared."""

from enum import StrEnum

from graph.vocabulary.agencies import Source


class Appearance(StrEnum):
    """One source's word on one hearing (REQUIREMENTS.md §7.3).

    `NOTHING_ENTERED` is a source that has the hearing and says nothing of the appearance: neither
    an appearance nor a failure to appear.
    """

    SCHEDULED = "SCHEDULED"
    APPEARED = "APPEARED"
    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    CONTINUED = "CONTINUED"
    NOTHING_ENTERED = "NOTHING_ENTERED"


class AppearanceConfidence(StrEnum):
    """How far the sources bear out what is made of their words: named, never a score."""

    CORROBORATED = "CORROBORATED"
    ONE_SOURCE = "ONE_SOURCE"
    DISPUTED = "DISPUTED"
    NOTHING_SAID = "NOTHING_SAID"


class FailureDefinition(StrEnum):
    """What counts as a failure to appear: the two are different events (S2:110, S2:132)."""

    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    IN_ABSENTIA_ORDER = "IN_ABSENTIA_ORDER"
    EITHER = "EITHER"


# Whose word goes before whose where they differ: a design choice. The court held the hearing, OPLA
# stood in it, its attorneys kept worksheets (S2:136); EARM's word was entered afterwards from
# PLANet (S2:134), and which hearing it is of is derived.
FIRST_HEARD = (Source.EOIR, Source.PLANET, Source.LOCAL_WORKSHEET, Source.EARM)

# Words that say what happened. The others say that a hearing is set, or nothing.
SAYS_SO = (Appearance.APPEARED, Appearance.FAILED_TO_APPEAR, Appearance.CONTINUED)
# Only these contradict a failure to appear: a hearing put off was not missed.
NOT_MISSED = (Appearance.APPEARED, Appearance.CONTINUED)

# EOIR's adjournment code for a no-show (FORMATS.md, eoir_schedule.ADJ_RSN).
ADJOURNED_FOR_NO_SHOW = "11"


class AppearanceRefusal(StrEnum):
    """Why a person's word on a hearing was not recorded."""

    NOT_YOURS_TO_SAY = "NOT_YOURS_TO_SAY"
    NOT_YOUR_SYSTEM = "NOT_YOUR_SYSTEM"
    SAYS_NOTHING = "SAYS_NOTHING"
    UNKNOWN_HEARING = "UNKNOWN_HEARING"
    NOT_YET_HELD = "NOT_YET_HELD"
    NO_BASIS = "NO_BASIS"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"
