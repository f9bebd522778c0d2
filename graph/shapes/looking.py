"""What somebody scribbled, read: words, half a date, part of a number, a place."""

import re
from collections.abc import Mapping
from typing import Any

from graph.selection import Asked, UnanswerableError
from graph.shapes.finding import Query, by_name, words_of

_LEAST_OF_A_NUMBER = 4  # digits: fewer are in everybody's
_BORN = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_AMERICAN = re.compile(r"(?:(\d\d?)/)?(\d\d?)/((?:19|20)\d\d)")  # 1/31/2009, 1/2009
_NUMBER = re.compile(r"[Aa]?#?[\d.\-]{4,}")
_STATE = re.compile(r"[A-Z]{2}")

# What both ways of asking come to. `born` is the beginning of an ISO date; `name` and `sponsor`
# are what full-text indexes are asked with; `places` are folded words that a city's name may be of.
Looked = dict[str, Any]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _day(token: str) -> str | None:
    if _BORN.fullmatch(token):
        return token
    found = _AMERICAN.fullmatch(token)
    if not found:
        return None
    first, second, year = found.groups()
    month, day = (first, second) if first else (second, None)
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def read_text(text: str, asked: Asked) -> Looked:
    """Everything in one line, as in `Natividad Martines 2009 Gaithersburg MD`.

    A year, a month or a day is when she was born; four figures or more that are none are of her
    A-number; two capitals at the end are a state; every other word may be of her name or of a city.
    """
    tokens = [token for token in re.split(r"[\s,;]+", text.strip()) if token]
    looked = _nothing()
    if len(tokens) > 1 and _STATE.fullmatch(tokens[-1]):
        looked["state"] = tokens.pop()
    rest = []
    for token in tokens:
        if day := _day(token):
            looked["born"] = day
        elif _NUMBER.fullmatch(token) and len(_digits(token)) >= _LEAST_OF_A_NUMBER:
            looked["number"] = _digits(token)
        else:
            rest.append(token)
    looked["places"] = words_of(" ".join(rest))
    looked["name"] = _named("child", looked["places"], asked, looked["born"])
    return _enough(looked, "`text` has no name and no part of an A-number: add one.")


def read_who(given: Mapping[str, Any], asked: Asked) -> Looked:
    """The same, each part said to be what it is."""
    looked = _nothing()
    looked["born"] = given.get("bornIn")
    if looked["born"] is not None and not _BORN.fullmatch(looked["born"]):
        raise UnanswerableError("`bornIn` is written 2009, 2009-01 or 2009-01-31.")
    looked["name"] = _named("child", words_of(given.get("name") or ""), asked, looked["born"])
    looked["sponsor"] = _named("sponsor", words_of(given.get("sponsorName") or ""), asked)
    looked["places"] = words_of(given.get("city") or "")
    looked["state"] = (given.get("state") or "").strip().upper() or None
    looked["number"] = _digits(given.get("aNumberPart") or "") or None
    if looked["number"] and len(looked["number"]) < _LEAST_OF_A_NUMBER:
        raise UnanswerableError("`aNumberPart` needs at least four figures.")
    return _enough(
        looked, "`who` needs a name, a sponsor's name or part of an A-number to begin from."
    )


def _nothing() -> Looked:
    asked = ("name", "born", "state", "sponsor", "number", "wholeNumber")
    return {**dict.fromkeys(asked), "places": []}


def _enough(looked: Looked, otherwise: str) -> Looked:
    if not any(looked[part] for part in ("name", "sponsor", "number")):
        raise UnanswerableError(otherwise)
    if looked["number"]:
        # Leading zeros are not always written; a whole number is looked up in every record.
        looked["wholeNumber"] = f"A{int(looked['number']):09d}"
    return looked


def _named(person: str, words: list[str], asked: Asked, born: str | None = None) -> Query | None:
    """What finds the words with slips, and those born then before others of the name."""
    if not words:
        return None
    return by_name(person, words, asked.viewer, _born_then(born or ""))


def _born_then(born: str) -> list[str]:
    """A year, a month and a day as words of the index: see the migration that adds them."""
    lengths = {"y": len("2009"), "m": len("2009-01"), "d": len("2009-01-31")}
    return [
        f"{letter}{_digits(born[:length])}"
        for letter, length in lengths.items()
        if len(born) >= length
    ]
