"""Whether a text names somebody: for words that people wrote freely."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linkage.unnamed import INSTEAD

# Of nine, as an A-number has; fewer as written are anybody's.
_DIGITS = 5
_ALL = 9
# By these nodes are known.
_NO_WORDS = frozenset({"id", "key"})


@dataclass(frozen=True)
class Names:
    """How somebody is called: numbers of nine digits, and pairs of name words."""

    numbers: frozenset[str] = frozenset()
    called: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    ids: frozenset[str] = field(default=frozenset())

    def are_in(self, text: str | None) -> bool:
        """Whether the text has one of the numbers or ids, or a given and a family name."""
        if not text:
            return False
        words = frozenset(_words(text))
        digits = {
            number.zfill(_ALL)
            for number in re.findall(r"\d+", re.sub(r"[ .-]", "", text))
            if len(number) >= _DIGITS
        }
        return bool(
            words & self.ids
            or digits & self.numbers
            or any(words & given and words & family for given, family in self.called)
        )


def names_of(known: Iterable[Mapping[str, Any]], ids: Iterable[str]) -> Names:
    """Of rows with `family`, `given` and `numbers`."""
    rows = list(known)
    numbers = {re.sub(r"\D", "", number).zfill(_ALL) for row in rows for number in row["numbers"]}
    called = {
        (frozenset(_words(row["given"] or "")), frozenset(_words(row["family"] or "")))
        for row in rows
    }
    return Names(
        frozenset(numbers),
        tuple((given, family) for given, family in called if given and family),
        frozenset(ids),
    )


def words_without(
    judgements: Iterable[Mapping[str, Any]], names: Names
) -> tuple[list[dict[str, Any]], list[str]]:
    """What is written instead in judgements that name somebody, and the texts that did."""
    instead, texts = [], []
    for one in judgements:
        named = {
            word: INSTEAD for word in ("reason", "retractReason") if names.are_in(one.get(word))
        }
        if named:
            instead.append({"id": one["id"], "reason": None, "retractReason": None, **named})
            texts += [one[word] for word in named]
    return instead, texts


def written_without(said: Iterable[Mapping[str, Any]], names: Names) -> list[dict[str, Any]]:
    """What is written instead in nodes that name somebody: of rows with `node` and its `said`."""
    named = (
        {
            "node": row["node"],
            "instead": {
                name: INSTEAD
                for name, text in row["said"].items()
                if isinstance(text, str) and name not in _NO_WORDS and names.are_in(text)
            },
        }
        for row in said
    )
    return [row for row in named if row["instead"]]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"[a-z_0-9]{2,}", plain.lower())
