"""Names in one shape: surnames and given names as lists of folded words.

Forms carry a name as free text, in either order. Which word is a surname is learnt where models
are trained, from the records that do say so, and frozen with the model (lexicon.csv): a word seen
mostly as a given name is one. Were it learnt from what is being linked, tomorrow's delivery could
cut yesterday's names another way.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from duckdb import DuckDBPyConnection

# Half a use is added to either side: a word seen once is no proof.
_UNSEEN = 0.5

# Words as the tables that separate surnames from given names use them, child and sponsor alike.
_USED = """
WITH used AS (
    SELECT unnest(name_tokens(family)) AS word, 1 AS as_family, 0 AS as_given FROM stated
    UNION ALL
    SELECT unnest(name_tokens(given)), 0, 1 FROM stated
    UNION ALL
    SELECT unnest(name_tokens(split_part(name, ',', 1))), 1, 0 FROM stated WHERE name LIKE '%,%'
    UNION ALL
    SELECT unnest(name_tokens(split_part(name, ',', 2))), 0, 1 FROM stated WHERE name LIKE '%,%'
)
SELECT word, sum(as_family)::BIGINT, sum(as_given)::BIGINT FROM used GROUP BY word
"""

_LEXICON = """
CREATE OR REPLACE TABLE name_lexicon AS
SELECT unnest($words) AS word, unnest($leans)::DOUBLE AS leans_given
"""


@dataclass
class WordUses:
    """How often each word stood as a surname and as a given name, in however many stores."""

    as_family: Counter[str] = field(default_factory=Counter)
    as_given: Counter[str] = field(default_factory=Counter)

    def count(self, connection: DuckDBPyConnection) -> None:
        """Add the words of `stated`."""
        for word, as_family, as_given in connection.execute(_USED).fetchall():
            self.as_family[word] += as_family
            self.as_given[word] += as_given

    def lexicon(self) -> dict[str, float]:
        """Word → how it leans: above zero towards given names."""
        words = sorted(self.as_family.keys() | self.as_given.keys())
        return {
            word: log((self.as_given[word] + _UNSEEN) / (self.as_family[word] + _UNSEEN))
            for word in words
        }


# Every way to cut a free-text name in two, and how well the words on both sides lean. A comma
# has cut it already: `FAMILY, GIVEN` (FORMATS.md, eoir_case.NAME).
_FREE_TEXT = """
CREATE OR REPLACE TEMP TABLE free_text_names AS
WITH texts AS (
    SELECT name, name_tokens(name) AS words
    FROM (SELECT name FROM stated WHERE name NOT LIKE '%,%'
          UNION SELECT partner FROM stated WHERE partner NOT LIKE '%,%')
), leaning AS (
    SELECT name, words, place,
        coalesce(lexicon.leans_given, 0) AS lean
    FROM (SELECT name, words, unnest(words) AS word, unnest(range(1, len(words) + 1)) AS place
          FROM texts) LEFT JOIN name_lexicon AS lexicon USING (word)
), cut AS (
    SELECT name, words, place,
        2 * sum(lean) OVER (PARTITION BY name ORDER BY place) - sum(lean) OVER (PARTITION BY name)
            AS given_first
    FROM leaning
), best AS (
    SELECT name, any_value(words) AS words,
        arg_max(place, abs(given_first) + 1e-6 * place) AS place,
        arg_max(given_first, abs(given_first) + 1e-6 * place) AS given_first
    FROM cut WHERE place < len(words) GROUP BY name
)
SELECT name,
    CASE WHEN given_first >= 0 THEN words[place + 1:] ELSE words[:place] END AS surnames,
    CASE WHEN given_first >= 0 THEN words[:place] ELSE words[place + 1:] END AS given_names
FROM best
UNION ALL
SELECT name, words, []::VARCHAR[] FROM texts WHERE len(words) = 1
"""

_COMMA = """
INSERT INTO free_text_names
SELECT name, name_tokens(split_part(name, ',', 1)), name_tokens(split_part(name, ',', 2))
FROM (SELECT name FROM stated WHERE name LIKE '%,%'
      UNION SELECT partner FROM stated WHERE partner LIKE '%,%')
"""


def load_lexicon(connection: DuckDBPyConnection, lexicon: Mapping[str, float]) -> None:
    """Make `name_lexicon`, which is kept."""
    connection.execute(_LEXICON, {"words": list(lexicon.keys()), "leans": list(lexicon.values())})


def split_names(connection: DuckDBPyConnection) -> None:
    """Make `free_text_names(name, surnames, given_names)` from `stated` and `name_lexicon`."""
    connection.execute(_FREE_TEXT)
    connection.execute(_COMMA)
