"""The roles in which records describe people, each matched among themselves."""

from dataclasses import dataclass
from typing import Any

from linkage.model.thresholds import Bands


@dataclass(frozen=True)
class Role:
    """What one role's people are matched with; `people` is their table."""

    name: str
    people: str
    rules: dict[str, str]
    model: dict[str, Any]
    bands: Bands
