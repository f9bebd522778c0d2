"""What a link leaves for a reviewer: models, evidence, pairs, events, redirects, judgements."""

from datetime import date
from typing import Any

from tests.graph.a_model import MODEL


def key_of(record: str) -> str:
    """The record's key, of the id of one version."""
    return record.rpartition("/v")[0]


class WorldOfReview:
    """The part of a world that is about review; see `tests.api.world`."""

    run: int

    async def _create(self, text: str, **parameters: Any) -> None:
        raise NotImplementedError

    def _new(self, kind: str) -> str:
        raise NotImplementedError

    async def a_model(self, version="test", weights=MODEL):
        await self._create(
            "UNWIND ['CHILD', 'SPONSOR'] AS role CREATE (:LinkageModel {id: $version + '/' + role,"
            " version: $version, role: role, weights: $weights, runFrom: $run})",
            version=version, weights=weights,
        )  # fmt: skip

    async def a_pair(
        self, left, right, *, weight=1.0, levels=(1, 2, 0), decision="REVIEW", why="IN_THE_BAND",
        followed=0, stake=0, stakes=(), moved=1, role="CHILD",
    ):  # fmt: skip
        pair = self._new("pair")
        await self._create(
            "CREATE (p:CandidatePair {runFrom: $run, runUntil: $open}) SET p += $of",
            of={
                "id": pair, "role": role, "leftKey": key_of(left), "rightKey": key_of(right),
                "leftRecord": left, "rightRecord": right, "matchWeight": float(weight),
                "matchProbability": 0.5, "levels": list(levels), "decision": decision, "why": why,
                "followed": followed, "stake": stake, "stakes": list(stakes), "moved": moved, "modelVersion": "test",
            },
        )  # fmt: skip
        return pair

    async def joined_by(self, person, records, pairs):
        """Evidence of a link: `pairs` speak of places in the records' keys, sorted."""
        await self._create(
            "MATCH (p:Child|Sponsor {id: $person}) CREATE (p)-[:HAS_EVIDENCE {id: $id,"
            " runFrom: $run, runUntil: $open}]->(:LinkEvidence {id: $id,"
            " role: toUpper(labels(p)[0]), modelVersion: 'test', records: $records,"
            " pairs: $pairs, runFrom: $run})",
            person=person, id=self._new("evidence"), records=sorted(map(key_of, records)),
            pairs=pairs,
        )  # fmt: skip

    async def redirects(self, old, heir):
        await self._create(
            "MATCH (old {id: $old}) MATCH (heir {id: $heir}) CREATE (old)-[:REDIRECTS_TO"
            " {id: 'r' + $old, runFrom: $run, runUntil: $open}]->(heir)",
            old=old, heir=heir,
        )  # fmt: skip

    async def an_event(
        self, kind, of, to, *, role="CHILD", records=(), homes=(), reason="More agrees now."
    ):
        event = self._new("event")
        await self._create(
            "CREATE (e:IdentityEvent {runFrom: $run}) SET e += $of"
            " WITH e CALL (e) { UNWIND e.fromIds AS id MATCH (i:Child|Sponsor {id: id})"
            " CREATE (e)-[:FROM]->(i) } CALL (e) { UNWIND e.toIds AS id"
            " MATCH (i:Child|Sponsor {id: id}) CREATE (e)-[:TO]->(i) }",
            of={
                "id": event, "kind": kind, "role": role, "actor": "linkage", "reason": reason,
                "modelVersion": "test", "fromIds": list(of), "toIds": list(to),
                "records": [key_of(one) for one in records], "homes": list(homes),
            },
        )  # fmt: skip
        return event

    async def ran(self, on: date):
        """The run that is being written was published on that day."""
        await self._create(
            "CREATE (:Run {seq: $run, id: 'run_' + $run, state: 'PUBLISHED', publishedAt: $at})",
            at=f"{on}T10:00:00.000000+00:00",
        )

    async def a_judgement(
        self, left, right, verdict="SAME", *, role="CHILD", at="2024-06-01T10:00:00.000000+00:00",
        reason="The same scar.", actor="ana", **more,
    ):  # fmt: skip
        judgement = self._new("judgement")
        keys = sorted([key_of(left), key_of(right)])
        await self._create(
            "CREATE (j:Judgement) SET j = $of",
            of={
                "id": judgement, "role": role, "leftKey": keys[0], "rightKey": keys[1],
                "verdict": verdict, "reason": reason, "actor": actor, "judgedAt": at,
                "key": judgement, **more,
            },
        )  # fmt: skip
        return judgement

    async def heeds(self, judgement, conflict=None):
        await self._create(
            "MATCH (j:Judgement {id: $id}) MATCH (p:Publication {id: 'graph'}) CREATE"
            " (j)-[h:HEEDED {id: 'h' + $id, runFrom: $run, runUntil: $open}]->(p)"
            " SET h.conflict = $conflict",
            id=judgement, conflict=conflict,
        )  # fmt: skip
