"""The small SQL words in which the rest of the cleaning is written.

Macros, so that one rule for "what is a name" or "what is a date" serves every table, and the
explanation of a pair can run the very same rule on two records.
"""

from duckdb import DuckDBPyConnection

from graph.vocabulary.scopes import NO_PART_OF_AN_OFFICE, SAINT

# Scanners read letters as digits (notes/demo-world.md, OCR); no name has a digit of its own.
_FOLD = """
CREATE OR REPLACE TEMP MACRO fold(stated) AS
    trim(regexp_replace(regexp_replace(
        translate(upper(strip_accents(stated)), '0158624', 'OISBGZA'),
        '[''`.´’]', '', 'g'), '[^A-Z]+', ' ', 'g'))
"""

# "DE LA CRUZ" is also written "DELACRUZ": a particle belongs to the name that follows it.
_JOIN_PARTICLES = r"""
CREATE OR REPLACE TEMP MACRO join_particles(folded) AS
    regexp_replace(folded, '\b(DEL|DE|LA|LAS|LOS|VAN|VON|DER|DA|DO|DOS|MC|ST) ', '\1#', 'g')
"""

_NAME_TOKENS = """
CREATE OR REPLACE TEMP MACRO name_tokens(stated) AS
    list_filter(
        list_transform(
            string_split(join_particles(fold(stated)), ' '),
            lambda token: replace(replace(token, ' ', ''), '#', '')),
        lambda token: token NOT IN ('', 'JR', 'SR', 'II', 'III', 'NMN', 'LNU', 'FNU', 'UNKNOWN'))
"""

# EOIR's birth dates may be `M/YYYY` (FORMATS.md); times of day are dropped.
_A_DAY = r"""
CREATE OR REPLACE TEMP MACRO a_day(stated) AS coalesce(
    try_cast(regexp_extract(stated, '^\d{4}-\d{2}-\d{2}') AS DATE),
    try_strptime(stated, '%m/%d/%Y')::DATE,
    try_strptime(stated, '%m/%d/%y')::DATE)
"""

_A_MONTH = r"""
CREATE OR REPLACE TEMP MACRO a_month(stated) AS coalesce(
    strftime(a_day(stated), '%Y-%m'),
    CASE WHEN regexp_matches(stated, '^\d{1,2}/\d{4}$')
         THEN split_part(stated, '/', 2) || '-' || lpad(split_part(stated, '/', 1), 2, '0') END,
    CASE WHEN regexp_matches(stated, '^\d{4}-\d{2}$') THEN stated END)
"""

# The rule of graph.vocabulary.identifiers.a_number, set-wise; a test holds the two together. Most
# are written whole, and need only be looked at.
_AN_A_NUMBER = r"""
CREATE OR REPLACE TEMP MACRO an_a_number(stated) AS
    CASE WHEN regexp_full_match(stated, 'A\d{9}') THEN nullif(stated, 'A000000000')
         WHEN regexp_matches(
            regexp_replace(upper(stated), '[\s\-.#]', '', 'g'), '^A?0*[1-9]\d{0,8}$')
         THEN 'A' || lpad(
            regexp_extract(regexp_replace(stated, '\D', '', 'g'), '[1-9]\d*$'), 9, '0')
    END
"""

_A_SEX = """
CREATE OR REPLACE TEMP MACRO a_sex(stated) AS
    CASE upper(left(stated, 1)) WHEN 'F' THEN 'FEMALE' WHEN 'M' THEN 'MALE' END
"""

# Ten digits, the country code gone. Zeros and ones alone are what a form's box held by default.
_A_PHONE = r"""
CREATE OR REPLACE TEMP MACRO a_phone(stated) AS
    nullif(nullif(right(regexp_replace(stated, '\D', '', 'g'), 10), '0000000000'), '')
"""

# The rules of graph.vocabulary.scopes, set-wise; a test holds them together. Offices are few:
# each is written the same way many times over.
_AN_OFFICE = rf"""
CREATE OR REPLACE TEMP MACRO an_office(stated) AS
    nullif(array_to_string(
        list_filter(
            list_transform(
                string_split(trim(regexp_replace(replace(
                    regexp_extract(upper(strip_accents(stated)), '^[^,(]*'), '.', ''),
                    '[^A-Z0-9]+', ' ', 'g')), ' '),
                lambda word: CASE WHEN word = '{SAINT[0]}' THEN '{SAINT[1]}' ELSE word END),
            lambda word: word NOT IN {("", *NO_PART_OF_AN_OFFICE)}),
        '_'), '')
"""

_A_DOCKET = """
CREATE OR REPLACE TEMP MACRO a_docket(stated) AS
    nullif(regexp_replace(upper(strip_accents(stated)), '[^A-Z0-9]', '', 'g'), '')
"""


def define_words(connection: DuckDBPyConnection) -> None:
    """Define the macros on this connection; they last as long as it does."""
    for macro in (
        _FOLD,
        _JOIN_PARTICLES,
        _NAME_TOKENS,
        _A_DAY,
        _A_MONTH,
        _AN_A_NUMBER,
        _A_SEX,
        _A_PHONE,
        _AN_OFFICE,
        _A_DOCKET,
    ):
        connection.execute(macro)
