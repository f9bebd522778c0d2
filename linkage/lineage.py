"""What became of every id: which sets of members bore it, and who bears it now it is no more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from graph.vocabulary.evidence import IdentityEventKind

_DIGEST_BYTES = 12


def digest_of(members: Iterable[str]) -> str:
    """A set of members in 24 letters, whatever their order."""
    return blake2b("\x00".join(sorted(members)).encode(), digest_size=_DIGEST_BYTES).hexdigest()


def members_of(bearers: Mapping[str, str]) -> dict[str, list[str]]:
    """Member → label, turned round."""
    members: dict[str, list[str]] = defaultdict(list)
    for member, label in bearers.items():
        members[label].append(member)
    return dict(members)


@dataclass(frozen=True)
class Event:
    """What happened to identities in one run: `homes` is where each of `records` went."""

    kind: IdentityEventKind
    before: list[str]
    after: list[str]
    records: list[str] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lineage:
    """The ids of one kind, over all runs.

    `founded`: every id ever given → the run that first gave it. `heirs`: an id that nobody bears
    → who bears it now, never a chain; without an heir its members left no trace. `bore`: digest of
    a set of members → ids that the set bore when it was merged or split. `dormant`: member → the
    id, borne by nobody now, that it last left.
    """

    founded: Mapping[str, int] = field(default_factory=dict)
    heirs: Mapping[str, str | None] = field(default_factory=dict)
    bore: Mapping[str, Collection[str]] = field(default_factory=dict)
    dormant: Mapping[str, str] = field(default_factory=dict)

    def after(
        self, previous: Mapping[str, str], now: Mapping[str, str], run: int, events: list[Event]
    ) -> "Lineage":
        """The lineage once `run` has made `now` of `previous` (both member → id)."""
        before, after = members_of(previous), members_of(now)
        founded = dict.fromkeys(after, run) | dict(self.founded)
        heirs = {old: heir for old, heir in self.heirs.items() if old not in after}
        heirs |= {old: None for old in before if old not in after}
        for event in events:
            for old in event.before:
                if old in heirs:
                    heirs[old] = _most(event.homes) or event.after[0]
        bore = {digest: set(ids) for digest, ids in self.bore.items()}
        for identity in {old for event in events for old in event.before + event.after}:
            if identity in before:
                bore.setdefault(digest_of(before[identity]), set()).add(identity)
        dormant = {member: old for member, old in self.dormant.items() if old not in after}
        dormant |= {
            member: old for old, members in before.items() if old in heirs for member in members
        }
        told = {old: _bearer(old, heirs) for old in heirs}
        return Lineage(
            founded, told, {digest: sorted(ids) for digest, ids in bore.items()}, dormant
        )


NO_LINEAGE = Lineage()


def _most(homes: list[str]) -> str | None:
    return max(sorted(set(homes)), key=homes.count) if homes else None


def _bearer(old: str, heirs: Mapping[str, str | None]) -> str | None:
    """Who bears an id at the end of its chain of heirs."""
    passed = set[str]()
    heir: str | None = old
    while heir is not None and heir in heirs and heir not in passed:
        passed.add(heir)
        heir = heirs[heir]
    return None if heir in passed else heir


def events_between(previous: Mapping[str, str], now: Mapping[str, str]) -> list[Event]:
    """Merges, splits and moves that lead from `previous` to `now` (both member → id).

    An id whose members all went to one other id was merged into it. One whose members went to
    several, or to an id that nobody bore before, was split. Members that went from one living
    identity to another have moved. New members are no event.
    """
    went: dict[tuple[str, str], list[str]] = defaultdict(list)
    for member, old in sorted(previous.items()):
        if (new := now.get(member)) is not None:
            went[old, new].append(member)
    return sorted(
        _events(went, set(previous.values())), key=lambda event: (event.before, event.kind)
    )


def _events(went: Mapping[tuple[str, str], list[str]], living: set[str]) -> Iterator[Event]:
    parts: dict[str, list[str]] = defaultdict(list)
    for old, new in went:
        parts[old].append(new)
    for old, homes in parts.items():
        if homes == [old]:
            continue
        moved = [(member, new) for new in sorted(homes) for member in went[old, new]]
        left = [(member, new) for member, new in moved if new != old]
        records, where = map(list, zip(*left, strict=True))
        if len(homes) == 1:
            yield Event(IdentityEventKind.MERGED, [old], homes, records, where)
        elif old in homes and all(home in living for home in homes):
            yield Event(IdentityEventKind.MOVED, [old], sorted({*homes} - {old}), records, where)
        else:
            everybody, everywhere = map(list, zip(*moved, strict=True))
            yield Event(IdentityEventKind.SPLIT, [old], sorted(homes), everybody, everywhere)
