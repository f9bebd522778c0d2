"""What became of identities: where an id that is no more leads, and the events of this run."""

from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want_facts
from linkage.lineage import Event
from linkage.link import Linked

_REDIRECTS = """
SELECT id AS old, heir FROM ids_left WHERE kind = '{kind}' AND heir IS NOT NULL"""

_EVENTS = """
SELECT unnest($kinds) AS kind, unnest($roles) AS role, unnest($actors) AS actor,
    unnest($reasons) AS reason, unnest($models) AS model_version,
    unnest($from_ids::VARCHAR[][]) AS from_ids, unnest($to_ids::VARCHAR[][]) AS to_ids,
    unnest($records::VARCHAR[][]) AS records, unnest($homes::VARCHAR[][]) AS homes"""

_EVENTS_TOLD = """
CREATE TABLE IF NOT EXISTS events_told (run INTEGER, kind VARCHAR, role VARCHAR, actor VARCHAR,
    reason VARCHAR, model_version VARCHAR, from_ids VARCHAR[], to_ids VARCHAR[],
    records VARCHAR[], homes VARCHAR[])"""

# A word that joins or parts comes before one that does neither.
_JUDGED_ANEW = """
SELECT role, left_key, right_key, judgement FROM judgements_changed
ORDER BY verdict = 'UNSURE', role, left_key, right_key, judgement"""

MACHINE = "linkage"


@dataclass(frozen=True)
class Word:
    """Who said something, and why: the actor and the reason of an event."""

    actor: str
    reason: str


def want_redirects(connection: DuckDBPyConnection) -> None:
    """Make `desired_redirects_*` of the lineage that was kept."""
    for kind in ("child", "sponsor", "address"):
        want_facts(connection, f"redirects_{kind}", _REDIRECTS.format(kind=kind))


def want_events(connection: DuckDBPyConnection, linked: Linked, words: Mapping[str, Word]) -> None:
    """Make `desired_identity_events` of all events, with those of this run.

    `words` has what was said with each judgement, by its id: an event of records that were judged
    anew is that person's doing. All others are the machine's, for what was new to it.
    """
    judged = connection.execute(_JUDGED_ANEW).fetchall()
    rows = [
        (role, event, _said_of(role, event, judged, words) or Word(MACHINE, linked.because))
        for role, some in linked.events.items()
        for event in some
    ]
    connection.execute(_EVENTS_TOLD)
    connection.execute(
        f"INSERT INTO events_told SELECT {linked.run}, * FROM ({_EVENTS})",  # noqa: S608 - a number
        {
            "kinds": [str(event.kind) for _, event, _ in rows],
            "roles": [role for role, _, _ in rows],
            "actors": [word.actor for _, _, word in rows],
            "reasons": [word.reason for _, _, word in rows],
            "models": [linked.model_version for _ in rows],
            "from_ids": [event.before for _, event, _ in rows],
            "to_ids": [event.after for _, event, _ in rows],
            "records": [event.records for _, event, _ in rows],
            "homes": [event.homes for _, event, _ in rows],
        },
    )
    # The same can happen again in another run: the run belongs to what is said.
    want_facts(connection, "identity_events", "FROM events_told", besides=("run",))


def _said_of(
    role: str,
    event: Event,
    judged: list[tuple[str, str, str, str]],
    words: Mapping[str, Word],
) -> Word | None:
    records = set(event.records)
    for of_role, left, right, judgement in judged:
        if of_role == role and judgement in words and records & {left, right}:
            return words[judgement]
    return None
