"""What of a world is left for somebody: worked out on paper, as RULES.md has it.

The oracle is not another program that answers questions. It is a smaller world: whoever may not see
something must get what somebody who sees everything gets where that something never was.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.vocabulary.evidence import SharingClass
from tests.sharing.paper import COURT, Entry

Classes = frozenset[SharingClass]


def left(
    entries: Iterable[Entry], closed: Classes, scope: str | None, *, sees_sealed: bool = False
) -> list[Entry]:
    """The entries that are there for whoever sees that scope (None: all) without those classes."""
    entries = list(entries)
    if sees_sealed:  # as if nobody were
        entries = [one for one in entries if one.kind != "sealed"]
    worked_out = _Left(entries, closed, scope)
    return [kept for entry in entries for kept in worked_out.of(entry)]


class _Left:
    def __init__(self, entries: list[Entry], closed: Classes, scope: str | None) -> None:
        self._entries = entries
        self._closed = closed
        self._scope = scope
        self._by_kind: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_kind[entry.kind].append(entry)
        self._in_scope = self._children_in_scope()
        self._in_scope |= self._sponsors_in_scope()
        self._there = {one for one in self._by_kind["record"] if self._is_readable(one)}
        self._there |= {
            one for record in set(self._there) for one in record.of if one in self._in_scope
        }
        self._there |= {one for one in self._by_kind["fact"] if self._is_visible(one)}
        self._there |= {one.of[1] for one in set(self._there) if one.said.get("does") == "lives_at"}
        self._there |= {word.of[0] for word in self._by_kind["word"] if self._is_told(word)}
        for entry in entries:  # what it leads to stands before it
            if entry.kind in ("stated", "noted") and self._is_noted(entry):
                self._there.add(entry)

    def of(self, entry: Entry) -> list[Entry]:
        """The entry as it is for them, or nothing."""
        special = getattr(self, f"_{entry.kind}", None)
        if special:
            return list(special(entry))
        return [entry] if entry in self._there else []

    def _children_in_scope(self) -> set[Entry]:
        sealed = {one.of[0] for one in self._by_kind["sealed"]}
        if self._scope is None:
            return {*self._by_kind["child"], *self._by_kind["sponsor"]} - sealed
        within = {one.of[0] for one in self._by_kind["within"] if one.said["scope"] == self._scope}
        return (within | {one.of[0] for one in self._by_kind["opened"]}) - sealed

    def _sponsors_in_scope(self) -> set[Entry]:
        return {
            fact.of[1]
            for fact in self._by_kind["fact"]
            if fact.said["does"] == "released_to"
            and fact.of[0] in self._in_scope
            and fact.sharing not in self._closed
        }

    def _is_readable(self, record: Entry) -> bool:
        if record.sharing in self._closed:
            return False
        children = [one for one in record.of if one.kind == "child"]
        return any(one in self._in_scope for one in children or record.of)

    def _is_visible(self, fact: Entry) -> bool:
        person, _, record = fact.of
        return (
            fact.sharing not in self._closed and person in self._in_scope and record in self._there
        )

    def _is_told(self, word: Entry) -> bool:
        hearing, _ = word.of
        return word.sharing not in self._closed and hearing.of[0] in self._in_scope

    def _is_noted(self, entry: Entry) -> bool:
        """Of a follow-up, one of the classes that tell of the failure to appear is open."""
        classes = entry.said.get("classes") or [entry.sharing]
        return entry.of[0] in self._there and not self._closed.issuperset(classes)

    def _noted(self, entry: Entry) -> Iterable[Entry]:
        """With the ways to what is there."""
        if entry not in self._there:
            return []
        ways = [
            one for one in zip(entry.said["led"], entry.of, strict=True) if one[1] in self._there
        ]
        led, of = zip(*ways, strict=True)
        return [replace(entry, of=of, said={**entry.said, "led": list(led)})]

    def _opened(self, entry: Entry) -> Iterable[Entry]:
        return self._within(entry)

    def _sealed(self, _entry: Entry) -> Iterable[Entry]:
        return []

    def _within(self, entry: Entry) -> Iterable[Entry]:
        return [entry] if entry.of[0] in self._there else []

    def _child(self, entry: Entry) -> Iterable[Entry]:
        """A former child, of whom no record is left since, is there with whom she became."""
        heirs = [one.of[1] for one in self._by_kind["redirect"] if one.of[0] is entry]
        return [entry] if any(one in self._there for one in [entry, *heirs]) else []

    def _redirect(self, entry: Entry) -> Iterable[Entry]:
        return [entry] if entry.of[1] in self._there else []

    def _record(self, entry: Entry) -> Iterable[Entry]:
        if entry not in self._there:
            return []
        return [replace(entry, of=tuple(one for one in entry.of if one in self._there))]

    def _word(self, entry: Entry) -> Iterable[Entry]:
        return [entry] if self._is_told(entry) else []

    def _release(self, entry: Entry) -> Iterable[Entry]:
        return [entry]

    def _pair(self, entry: Entry) -> Iterable[Entry]:
        """In an order that rests on nothing withheld, and without what was at stake there."""
        if not self._there.issuperset(entry.of):
            return []
        if not self._closed and self._scope is None:
            return [entry]
        stakes = [one for one in entry.said.get("stakes", ()) if one != "FAILED_TO_APPEAR"]
        if COURT not in self._closed:
            stakes = entry.said.get("stakes", [])
        unordered = {"followed": 0, "stake": 0, "moved": 0}
        return [replace(entry, said={**entry.said, **unordered, "stakes": stakes})]

    def _judgement(self, entry: Entry) -> Iterable[Entry]:
        return [entry] if self._there.issuperset(entry.of) else []

    def _heeds(self, entry: Entry) -> Iterable[Entry]:
        return [entry] if self._judgement(entry.of[0]) else []

    def _event(self, entry: Entry) -> Iterable[Entry]:
        former, heir, *records = entry.of
        records = [one for one in records if one in self._there]
        return [replace(entry, of=(former, heir, *records))] if records else []

    def _evidence(self, entry: Entry) -> Iterable[Entry]:
        """Steps all of whose records are there: a step is about everybody joined before it."""
        person, *records = entry.of
        groups = {one: {one} for one in records}
        told = []
        for pair in entry.said["pairs"]:
            joined = groups[pair[0]] | groups[pair[1]]
            groups.update(dict.fromkeys(joined, joined))
            if self._there.issuperset(joined):
                told.append(pair)
        kept = [one for one in records if one in self._there]
        return [replace(entry, of=(person, *kept), said={"pairs": told})] if kept else []
