"""Training: a deliberate act that writes a new version of both models, with its card.

From worlds whose truth is known. What is counted is how often each level of each comparison holds
among candidate pairs that are one person, and among candidate pairs that are not: those others are
brothers, namesakes and neighbours, the pairs a model has to tell apart. Two strangers picked at
random, which never become candidates, would teach it nothing.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.cleaning import WordUses, clean, state
from linkage.matching import match
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES, find_candidates
from linkage.model.comparisons import CHILD_COMPARISONS, SPONSOR_COMPARISONS, settings
from linkage.model.features import child_features, load_names, sponsor_features
from linkage.model.names_alike import Level, level_of
from linkage.model.thresholds import CHILD, SPONSOR
from linkage.pairs import keep_pairs_table
from linkage.places import resolve_places
from linkage.quoting import file_literal
from linkage.roles import Role
from linkage.splink_says import hold_to_splink

# A level never seen is not impossible: half a pair is added to every count.
_UNSEEN = 0.5

# Shares of people above which a name is common or uncommon, and what is kept of the list.
COMMON, UNCOMMON = 1 / 400, 1 / 4000
KEPT_WORDS = 6_000
# A word is a name when it is what most of those are called in whose papers it stands, and when
# more than one bear it: one bearer may be one misspelling that all her papers copied.
A_NAME, BEARERS = 0.4, 2

# A name is what someone is called in most of her papers: the misspelling in one of them is not.
_CALLED = """
CREATE OR REPLACE TEMP TABLE called AS
SELECT person_id, mode(family_1) AS family_1, mode(family_2) AS family_2,
    mode(given_1) AS given_1, mode(given_2) AS given_2
FROM people JOIN person_of USING (record_key, role) GROUP BY person_id HAVING count(*) > 2
"""

# A misspelling is found in the papers of many, and is what few are mostly called.
_WORDS = """
WITH mostly AS (
    SELECT 'family' AS kind, unnest([family_1, family_2]) AS word, person_id FROM called
    UNION ALL SELECT 'given', unnest([given_1, given_2]), person_id FROM called
), ever AS (
    SELECT DISTINCT kind, word, person_id FROM (
        SELECT 'family' AS kind, unnest([family_1, family_2]) AS word, person_id
        FROM people JOIN person_of USING (record_key, role)
        UNION ALL SELECT 'given', unnest([given_1, given_2]), person_id
        FROM people JOIN person_of USING (record_key, role))
)
SELECT kind, word, mostly.called, ever.found
FROM (SELECT kind, word, count(*) AS called FROM mostly GROUP BY ALL) AS mostly
JOIN (SELECT kind, word, count(*) AS found FROM ever GROUP BY ALL) AS ever USING (kind, word)
"""

_TRUTH = """
CREATE OR REPLACE TEMP TABLE person_of AS
SELECT concat_ws('/', source, "table", record_id) AS record_key, role, person_id
FROM read_csv({truth}, header = true, all_varchar = true)
"""

_LEVELS = """
SELECT one.person_id = another.person_id AS same, {level} AS level, count(*)
FROM candidates
JOIN {people} l ON l.person = join_key_l JOIN {people} r ON r.person = join_key_r
JOIN person_of one ON one.record_key = l.record_key AND one.role = l.role
JOIN person_of another ON another.record_key = r.record_key AND another.role = r.role
GROUP BY ALL
"""


@dataclass
class Counts:
    """(comparison, is one person, level) → candidate pairs."""

    pairs: Counter[tuple[str, bool, str]] = field(default_factory=Counter)

    def weights(self, comparisons: dict[str, tuple[Level, ...]]) -> dict[str, Any]:
        """The m and u of each level, best first, and how many candidates are one person."""
        return {
            "prior": self._share_of_one_person(),
            **{
                name: list(
                    zip(*(self._shares(name, one, levels) for one in (True, False)), strict=True)
                )
                for name, levels in comparisons.items()
            },
        }

    def _share_of_one_person(self) -> float:
        one = sum(n for (name, same, _), n in self.pairs.items() if same and name == "surnames")
        both = sum(n for (name, _, _), n in self.pairs.items() if name == "surnames")
        return one / both

    def _shares(self, name: str, same: bool, levels: tuple[Level, ...]) -> list[float]:
        counted = [self.pairs[name, same, label] + _UNSEEN for label, _ in levels[1:]]
        return [n / sum(counted) for n in counted]


@dataclass(frozen=True)
class World:
    """A store that was opened, and the truth about it."""

    connection: DuckDBPyConnection
    truth: Path


def train(worlds: Sequence[World], into: Path, *, version: str, trained_on: str) -> None:
    """Write the models, their frequencies, lexicon and card into the folder `into`.

    `trained_on` says in words which worlds these are; evaluate on others, and `write_measured`.
    Splink has to read each model as it will be used.
    """
    into.mkdir(parents=True, exist_ok=True)
    lexicon = learn_lexicon(worlds)
    _write(into / "lexicon.csv", ("word", "leans_given"), lexicon.items())
    for world in worlds:
        clean(world.connection, lexicon)
        resolve_places(world.connection)
        world.connection.execute(_TRUTH.format(truth=file_literal(world.truth)))
    bands = _bands(worlds)
    _write(into / "frequencies.csv", ("kind", "word", "band"), sorted(bands))
    child = _learn(worlds, bands, "children", CHILD_RULES, CHILD_COMPARISONS)
    for world in worlds:
        keep_pairs_table(world.connection)
        match(world.connection, Role("CHILD", "children", CHILD_RULES, child, CHILD))
        world.connection.execute(
            "CREATE OR REPLACE TEMP TABLE child_identities AS"
            " SELECT record_key, cluster FROM children JOIN clustered USING (person)"
        )
    sponsor = _learn(worlds, bands, "sponsors", SPONSOR_RULES, SPONSOR_COMPARISONS)
    for role, model in (("child", child), ("sponsor", sponsor)):
        (into / f"{role}.json").write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    card = {"version": version, "trained_on": trained_on}
    (into / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def learn_lexicon(worlds: Iterable[World]) -> dict[str, float]:
    """Which words are surnames and which given names, from the records that say so."""
    uses = WordUses()
    for world in worlds:
        state(world.connection)
        uses.count(world.connection)
    return {word: round(leans, 2) for word, leans in uses.lexicon().items()}


def write_measured(into: Path, measured: Sequence[dict[str, Any]]) -> None:
    """Put into the card in folder `into` what was measured, and the bands it was measured with."""
    place = into / "card.json"
    card = json.loads(place.read_text(encoding="utf-8"))
    card["bands"] = {"child": asdict(CHILD), "sponsor": asdict(SPONSOR)}
    card["measured"] = list(measured)
    place.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _learn(
    worlds: Sequence[World],
    bands: list[tuple[str, str, int]],
    people: str,
    rules: dict[str, str],
    comparisons: dict[str, tuple[Level, ...]],
) -> dict[str, Any]:
    counts = Counts()
    for world in worlds:
        load_names(world.connection, bands)
        features = child_features if people == "children" else sponsor_features
        features(world.connection)
        find_candidates(world.connection, people, rules)
        for name, levels in comparisons.items():
            statement = _LEVELS.format(level=level_of(levels), people=people)
            for same, level, pairs in world.connection.execute(statement).fetchall():
                counts.pairs[name, same, level] += pairs
    model = settings(comparisons, counts.weights(comparisons))
    # The candidates are those of the last world: as many as any check needs.
    hold_to_splink(worlds[-1].connection, model, people)
    return model


def _bands(worlds: Iterable[World]) -> list[tuple[str, str, int]]:
    called: dict[str, Counter[str]] = {"family": Counter(), "given": Counter()}
    found: Counter[tuple[str, str]] = Counter()
    for world in worlds:
        world.connection.execute(_CALLED)
        for kind, word, people_called, people_found in world.connection.execute(_WORDS).fetchall():
            called[kind][word] += people_called
            found[kind, word] += people_found
    return [
        (kind, word, 0 if share >= COMMON else 1 if share >= UNCOMMON else 2)
        for kind, counted in called.items()
        for word, times in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[
            :KEPT_WORDS
        ]
        if times >= BEARERS and times >= A_NAME * found[kind, word]
        if (share := times / counted.total()) >= (0 if kind == "given" else UNCOMMON)
    ]


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
