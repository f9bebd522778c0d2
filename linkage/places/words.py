"""The words of a street line: USPS abbreviations (Publication 28), and Spanish words for a unit."""

from duckdb import DuckDBPyConnection

SUFFIXES = {
    "ALLEY": "ALY", "ALLY": "ALY", "AVENUE": "AVE", "AV": "AVE", "AVEN": "AVE", "AVENIDA": "AVE",
    "BOULEVARD": "BLVD", "BOUL": "BLVD", "CIRCLE": "CIR", "CIRC": "CIR", "COURT": "CT",
    "CRT": "CT", "COVE": "CV", "CREEK": "CRK", "CROSSING": "XING", "CRESCENT": "CRES",
    "DRIVE": "DR", "DRV": "DR", "EXPRESSWAY": "EXPY", "FREEWAY": "FWY", "HEIGHTS": "HTS",
    "HIGHWAY": "HWY", "HIWAY": "HWY", "HILL": "HL", "HOLLOW": "HOLW", "LANDING": "LNDG",
    "LANE": "LN", "LOOP": "LOOP", "MEADOWS": "MDWS", "MOUNT": "MT", "PARKWAY": "PKWY",
    "PKY": "PKWY", "PLACE": "PL", "PLAZA": "PLZ", "POINT": "PT", "RIDGE": "RDG", "ROAD": "RD",
    "ROUTE": "RTE", "SQUARE": "SQ", "STREET": "ST", "STR": "ST", "STRT": "ST", "CALLE": "ST",
    "TERRACE": "TER", "TERR": "TER", "TRAIL": "TRL", "TRL": "TRL", "TURNPIKE": "TPKE",
    "VALLEY": "VLY", "VIEW": "VW", "WALK": "WALK", "WAY": "WAY", "BEND": "BND", "BRANCH": "BR",
    "CENTER": "CTR", "GLEN": "GLN", "GROVE": "GRV", "PASS": "PASS", "PATH": "PATH", "RUN": "RUN",
}  # fmt: skip
DIRECTIONS = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "NORTE": "N", "SUR": "S", "ESTE": "E",
    "OESTE": "W", "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
}  # fmt: skip
ORDINALS = {
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH",
    "SIXTH": "6TH", "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
UNIT_WORDS = (
    "APARTMENT", "APARTAMENTO", "APARTMENTO", "APTO", "APMT", "APT", "AP", "DEPTO", "DEPT",
    "DEPARTAMENTO", "UNIT", "UNIDAD", "UNT", "SUITE", "STE", "SPACE", "SPC", "LOTE", "LOT",
    "TRAILER", "TRLR", "ROOM", "RM", "FLOOR", "FLR", "FL", "PISO", "BLDG", "NUMERO", "NUM", "NO",
)  # fmt: skip

_CANONICAL = {**SUFFIXES, **DIRECTIONS, **ORDINALS}
_ENDINGS = "|".join(sorted(set(SUFFIXES.values()) | {"BROADWAY"}))
_UNITS = "|".join(UNIT_WORDS)


def _is_a_suffix() -> str:
    suffixes = ", ".join(f"'{suffix}'" for suffix in sorted(set(SUFFIXES.values())))
    return f"CREATE OR REPLACE TEMP MACRO is_a_suffix(word) AS word IN ({suffixes})"


def _street_word() -> str:
    pairs = ", ".join(f"'{said}': '{meant}'" for said, meant in sorted(_CANONICAL.items()))
    return (
        f"CREATE OR REPLACE TEMP MACRO street_word(word) AS coalesce(MAP {{{pairs}}}[word], word)"
    )


_STREET_LINE = r"""
CREATE OR REPLACE TEMP MACRO street_line(stated) AS
    trim(regexp_replace(regexp_replace(upper(strip_accents(stated)), '[.,;:]+', ' ', 'g'),
        '\s+', ' ', 'g'))
"""

# "P.O. Box 12", "PO BOX #12", "Apartado 12": a box is a place of its own and has no unit.
_A_BOX = r"""
CREATE OR REPLACE TEMP MACRO a_box(tidied) AS
    nullif(regexp_extract(
        tidied, '^(?:P ?O ?BOX|POST OFFICE BOX|APARTADO) *#? *([A-Z0-9-]+)', 1), '')
"""

# "Apt 2B", "#2B", "Unit 2-B", "APTO. 2B", "Apt # 2 B": what stands after the word, joined up.
# Without the word, only after the street's last word: "12 Oak St 2B".
_A_UNIT = "([A-Z0-9]{1,6}(?:[ -]+[A-Z0-9]{1,3})?)$"
_UNIT_SAID = rf"""
CREATE OR REPLACE TEMP MACRO unit_said(tidied) AS coalesce(
    nullif(regexp_extract(tidied, ' (?:{_UNITS})[ ]*[# ]+[ ]*{_A_UNIT}', 1), ''),
    nullif(regexp_extract(tidied, ' (?:{_UNITS})([0-9][A-Z0-9-]{{0,5}})$', 1), ''),
    nullif(regexp_extract(tidied, '#[ ]*{_A_UNIT}', 1), ''),
    nullif(regexp_extract(tidied,
        '^[0-9][^#]* (?:{_ENDINGS}|STREET|AVENUE|ROAD|DRIVE|LANE|COURT|PLACE)'
        '(?: [NSEW]| [NS][EW])?[ ]+([0-9]+[ -]?[A-Z]?|[A-Z][ -]?[0-9]+)$', 1), ''))
"""

_WITHOUT_UNIT = rf"""
CREATE OR REPLACE TEMP MACRO without_unit(tidied, unit_as_said) AS
    CASE WHEN unit_as_said IS NULL THEN tidied
         ELSE regexp_replace(left(tidied, length(tidied) - length(unit_as_said)),
            '([ ](?:{_UNITS}))?[# ]*$', '') END
"""

# The ZIP+4 goes; a lost leading zero comes back (a spreadsheet's habit with New England).
_A_ZIP = r"""
CREATE OR REPLACE TEMP MACRO a_zip(stated) AS
    CASE WHEN regexp_matches(stated, '^\s*\d{3,5}(-\d{0,4}|\.0)?\s*$')
         THEN nullif(lpad(regexp_extract(stated, '\d+'), 5, '0'), '00000')
         WHEN regexp_matches(stated, '^\s*\d{8,9}\s*$') THEN left(lpad(trim(stated), 9, '0'), 5) END
"""

# EOIR cuts a city at 15 characters (notes/demo-world.md): so is every city, before comparing.
_A_CITY = r"""
CREATE OR REPLACE TEMP MACRO a_city(stated) AS
    nullif(rtrim(left(
        trim(regexp_replace(upper(strip_accents(stated)), '[^A-Z]+', ' ', 'g')), 15)), '')
"""


def define_street_words(connection: DuckDBPyConnection) -> None:
    """Define the macros that read a street line, on this connection."""
    for macro in (
        _street_word(),
        _is_a_suffix(),
        _STREET_LINE,
        _A_BOX,
        _UNIT_SAID,
        _WITHOUT_UNIT,
        _A_ZIP,
        _A_CITY,
    ):
        connection.execute(macro)
