"""What a write came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to: the answer's type, and what its statement is asked with.

    A refusal reads nothing: it is the answer itself, an object with the fields of its type.
    """

    type: str
    asked_with: Mapping[str, Any]
    refused: object | None = None
