"""What a write came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.following.outcomes import FollowUpRefused
from graph.welfare.recording import WelfareRefused
from graph.writes.acknowledging import NoticeRefused
from graph.writes.granting import GrantRefused
from graph.writes.outcomes import Refused


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to: the answer's type, and what its statement is asked with.

    A refusal reads nothing: it is the answer itself.
    """

    type: str
    asked_with: Mapping[str, Any]
    refused: Refused | GrantRefused | WelfareRefused | FollowUpRefused | NoticeRefused | None = None
