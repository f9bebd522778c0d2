"""The tables published for oversight: a fixed family, and nothing that somebody puts together."""

from enum import StrEnum


class FigureTable(StrEnum):
    """What is counted, and by what it is divided."""

    RELEASED_BY_YEAR_AND_STATE = "RELEASED_BY_YEAR_AND_STATE"
    RELEASED_BY_YEAR_AND_COUNTRY = "RELEASED_BY_YEAR_AND_COUNTRY"
    FAILED_TO_APPEAR_BY_YEAR_AND_COURT = "FAILED_TO_APPEAR_BY_YEAR_AND_COURT"
    FAILED_TO_APPEAR_BY_AGE_AND_SEX = "FAILED_TO_APPEAR_BY_AGE_AND_SEX"


class Dimension(StrEnum):
    """By what children are told apart in a table."""

    FISCAL_YEAR = "FISCAL_YEAR"
    STATE = "STATE"
    COUNTRY_OF_BIRTH = "COUNTRY_OF_BIRTH"
    COURT = "COURT"
    AGE_GROUP = "AGE_GROUP"
    SEX = "SEX"


NOT_STATED = "NOT_STATED"
# Personal service of a notice follows another rule for a child under fourteen (S2:154).
AGE_GROUPS = {"UNDER_14": (0, 13), "FROM_14_TO_17": (14, 17), "18_OR_OVER": (18, 200)}
