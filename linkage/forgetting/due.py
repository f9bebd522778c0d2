"""What is due by the schedule on a day: whose records, and which rule says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from linkage.forgetting.rules import After, Does, Rule, turns_eighteen

# `told` counts days and turns (linkage.store.TOLD).
_RECORDS: Final = """
SELECT identity_id AS child, record_key, split_part(record_key, '/', 2) AS of_table,
    DATE '0001-01-01' + (told // 1_000_000_000)::INTEGER AS said
FROM identities JOIN current_records USING (record_key)
WHERE role = 'CHILD' ORDER BY ALL"""


@dataclass(frozen=True)
class Due:
    """What one rule asks for: children by id, and the keys of their records that go."""

    rule: Rule
    children: list[str]
    keys: list[str]
    # Of the children, those of whom no record stays.
    whole: list[str]


@dataclass(frozen=True)
class _Known:
    child: str
    key: str
    table: str
    said: date


def due(
    born: Mapping[str, tuple[date | None, bool]], linked: Path, rules: Sequence[Rule], on: date
) -> list[Due]:
    """What is due on a day, rule by rule; a record that one rule expunges is in no later one.

    `born` comes from `graph.births`, `linked` has the tables of the published run.
    """
    with duckdb.connect(str(linked), read_only=True) as connection:
        rows = connection.execute(_RECORDS).fetchall()
    records = [_Known(*row) for row in rows]
    of_child: dict[str, list[_Known]] = {}
    for one in records:
        of_child.setdefault(one.child, []).append(one)
    days = {child: turns_eighteen(day) for child, (day, _) in born.items() if day}
    sealed = {child for child, (_, is_sealed) in born.items() if is_sealed}
    gone = set[str]()
    found = []
    for rule in rules:
        asked = _due(rule, of_child, days, on, sealed, gone)
        gone |= set(asked.keys)
        found.append(asked)
    return found


def _due(
    rule: Rule,
    of_child: dict[str, list[_Known]],
    days: dict[str, date],
    on: date,
    sealed: set[str],
    gone: set[str],
) -> Due:
    latest, about = rule.latest_event(on), set(rule.about)
    children, keys, whole = [], [], []
    for child, records in of_child.items():
        if rule.does is Does.SEAL and child in sealed:
            continue
        last = max(one.said for one in records)
        event = {After.EIGHTEENTH_BIRTHDAY: days.get(child), After.LAST_RECORD: last}
        # A rule without a birthday is for those who have none.
        if rule.after is After.LAST_RECORD and child in days:
            continue
        ripe = [
            one.key
            for one in records
            if one.table in about
            and one.key not in gone
            and (day := event.get(rule.after, one.said)) is not None
            and day <= latest
        ]
        if ripe:
            children.append(child)
            if rule.does is Does.EXPUNGE:
                keys += ripe
                left = {one.key for one in records} - gone - set(ripe)
                whole += [] if left else [child]
    return Due(rule, children, keys, whole)
