"""Everything somebody wrote of a person's names and numbers, and of which sharing classes they are.

A name is folded as a search folds its words. Each of its words is kept once more after the letter
of those who wrote it (`graph.vocabulary.origins`): whoever may not hear them does not find it.
"""

from duckdb import DuckDBPyConnection

from graph.vocabulary.origins import BITS, LETTERS

# A set of sharing classes is a number of bits: sets of many rows are then joined in passing.
_ORIGINS = """
CREATE OR REPLACE TEMP TABLE origins AS
SELECT "table", CAST(list_extract($bits, list_position($classes, sharing_class)) AS INTEGER)
    AS origin FROM sharing_classes"""

_SETS = [[str(one) for one in sorted(BITS) if bits & BITS[one]] for bits in range(len(LETTERS))]
_CLASSES_OF = f"""
CREATE OR REPLACE TEMP MACRO classes_of(bits) AS list_extract({_SETS}, 1 + bits)"""

# The words of a birth date in an index: see the migration that finds children by half a date.
_BORN_WORDS = f"""
CREATE OR REPLACE TEMP MACRO born_words(born, bits) AS
    CASE WHEN born IS NULL THEN [] ELSE list_transform(
        ['y' || left(born, 4), 'm' || replace(left(born, 7), '-', ''),
         'd' || replace(born, '-', '')],
        lambda word: substr('{LETTERS}', 1 + bits, 1) || word) END"""

# A name's words, with the whole of it as one more: its words in the alphabet's order.
_SEEN = f"""
CREATE OR REPLACE TEMP TABLE seen AS
WITH spelt AS (
    SELECT person, role, concat_ws(' ', given_names, family_name) AS said, bit_or(origin) AS bits
    FROM named GROUP BY person, role, said
), folded AS (
    SELECT person, role, trim(regexp_replace(
        lower(strip_accents(said)), '[^a-z0-9]+', ' ', 'g')) AS name, bit_or(bits) AS origins
    FROM spelt GROUP BY person, role, name
), names AS (
    SELECT person, role,
        list_sort(list_distinct(flatten(list(list_transform(
            list_append(words, '_' || array_to_string(list_sort(words), '_')),
            lambda word: substr('{LETTERS}', 1 + origins, 1) || word))))) AS search_words
    FROM (SELECT *, string_split(name, ' ') AS words FROM folded) WHERE name <> ''
    GROUP BY person, role
), numbered AS (
    SELECT person, role, a_number, bit_or(origin) AS origins
    FROM named WHERE a_number IS NOT NULL GROUP BY person, role, a_number
), numbers AS (
    SELECT person, role, list(a_number ORDER BY a_number) AS a_numbers,
        list(array_to_string(classes_of(origins), ' ') ORDER BY a_number) AS a_numbers_from
    FROM numbered GROUP BY person, role
), phones AS (
    SELECT person, role, list_sort(list_distinct(list(phone))) AS phones
    FROM named WHERE phone IS NOT NULL GROUP BY person, role
)
SELECT person, role, coalesce(search_words, []) AS search_words,
    coalesce(a_numbers, []) AS a_numbers, coalesce(a_numbers_from, []) AS a_numbers_from,
    coalesce(phones, []) AS phones
FROM (SELECT DISTINCT person, role FROM named)
LEFT JOIN names USING (person, role) LEFT JOIN numbers USING (person, role)
LEFT JOIN phones USING (person, role)"""  # noqa: S608 - letters of our own


def number_origins(connection: DuckDBPyConnection) -> None:
    """Make `origins` of `sharing_classes`, a table's class as a bit; and macros that read bits."""
    connection.execute(
        _ORIGINS, {"bits": list(BITS.values()), "classes": [str(one) for one in BITS]}
    )
    connection.execute(_CLASSES_OF)
    connection.execute(_BORN_WORDS)


def collect_spellings(connection: DuckDBPyConnection) -> None:
    """Make `seen` of `named`: a person's names, their words, numbers and phones, sorted."""
    connection.execute(_SEEN)
