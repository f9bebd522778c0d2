"""The outbox: what somebody is to be told, written in the transaction of the event it tells of.

So there is no event without its notice and no notice without its event, whatever dies when. The
worker sends what stands here (`graph.writes.delivering`), as often as it takes.

Notices belong to no run. A notice's id is made of what it tells of and of whom it tells, so that
the same event recorded twice tells them once. Its reference is drawn by lot: the id is a digest of
ids, and whoever guessed from which would learn from a public mailbox whom the notice is about.
"""

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.notices import CLASS_OF, NoticeKind, NoticeState
from graph.writes.moments import to_the_millisecond
from graph.writes.steps import Steps

_BYTES_OF_A_REFERENCE: Final = 10  # 80 bits, drawn by lot: nobody finds one by trying

# For others' Steps, in the transaction of the event: `yield RAISE, {"notices": [raised(…)]}`.
# What `about` names must be there by then. The same notice again changes nothing.
RAISE: Final = """CYPHER 25
UNWIND $notices AS row
MATCH (about:FollowUp|Concern {id: row.about})
MERGE (notice:Notice {id: row.id})
ON CREATE SET notice = row
MERGE (notice)-[:ABOUT]->(about)"""


def raised(
    kind: NoticeKind,
    recipient: str,
    about_id: str,
    rule: str | None,
    at: datetime,
    due: datetime | None,
    *,
    office: str | None = None,
    of: str = "",
    sharing: SharingClass | None = None,
) -> dict[str, Any]:
    """A row of RAISE: a notice that is to be sent from `at` on.

    Args:
        kind: what it tells of.
        recipient: a name in the worker's address book, as `fojc/HOUSTON`.
        about_id: the follow-up or the concern.
        rule: the provision by which they are told, as RULES.md §6 names it; None for none.
        at: when it was raised.
        due: until when they are to be told, by that rule or a local target.
        office: whose area the child is in, for counting by office.
        of: tells several of one kind, recipient and matter apart, as an escalated notice's id.
        sharing: whose paper this is like; the kind's, unless an escalation takes another's.
    """
    reference = base64.b32encode(secrets.token_bytes(_BYTES_OF_A_REFERENCE)).decode().lower()
    row = {
        "id": public_id("notice", f"{kind}\n{recipient}\n{about_id}\n{of}"),
        "kind": str(kind),
        "recipient": recipient,
        "about": about_id,
        "reference": reference,
        "rule": rule,
        "office": office,
        "sharingClass": str(sharing or CLASS_OF[kind]),
        "raisedAt": to_the_millisecond(at),
        "due": due and to_the_millisecond(due),
        "state": str(NoticeState.WAITING),
        "nextAt": to_the_millisecond(at),
        "attempts": 0,
        "version": 1,
    }
    return {name: value for name, value in row.items() if value is not None}


def raising(notices: Sequence[Mapping[str, Any]]) -> Steps[None]:
    """The step of RAISE, for Steps that `yield from` it; none where there is nothing to tell."""
    if notices:
        yield RAISE, {"notices": [dict(one) for one in notices]}
