"""The words of a street line: USPS abbreviations (Publication 28), and Spanish words for a unit."""

from duckdb import DuckDBPyConnection

from graph.vocabulary.streets import CANONICAL, ENDINGS, SUFFIXES, UNITS


def _is_a_suffix() -> str:
    suffixes = ", ".join(f"'{suffix}'" for suffix in sorted(set(SUFFIXES.values())))
    return f"CREATE OR REPLACE TEMP MACRO is_a_suffix(word) AS word IN ({suffixes})"


def _street_word() -> str:
    pairs = ", ".join(f"'{said}': '{meant}'" for said, meant in sorted(CANONICAL.items()))
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
    nullif(regexp_extract(tidied, ' (?:{UNITS})[ ]*[# ]+[ ]*{_A_UNIT}', 1), ''),
    nullif(regexp_extract(tidied, ' (?:{UNITS})([0-9][A-Z0-9-]{{0,5}})$', 1), ''),
    nullif(regexp_extract(tidied, '#[ ]*{_A_UNIT}', 1), ''),
    nullif(regexp_extract(tidied,
        '^[0-9][^#]* (?:{ENDINGS}|STREET|AVENUE|ROAD|DRIVE|LANE|COURT|PLACE)'
        '(?: [NSEW]| [NS][EW])?[ ]+([0-9]+[ -]?[A-Z]?|[A-Z][ -]?[0-9]+)$', 1), ''))
"""

_WITHOUT_UNIT = rf"""
CREATE OR REPLACE TEMP MACRO without_unit(tidied, unit_as_said) AS
    CASE WHEN unit_as_said IS NULL THEN tidied
         ELSE regexp_replace(left(tidied, length(tidied) - length(unit_as_said)),
            '([ ](?:{UNITS}))?[# ]*$', '') END
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
