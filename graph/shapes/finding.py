"""How names and addresses are looked for: as a query of a full-text index, the same for all.

Lucene's own scores rest on all that is in the index, so they would tell of whoever is hidden from
the one who asks, were it only somebody who is sealed. They are not used: a word counts the same
however rare it is, and so does a whole name; the best are taken among those whom the viewer may
see. So nobody hidden takes a place, nor changes an order, a point or a cursor. Words of names are
looked for in an index where each stands after a letter that says who says it
(`graph.vocabulary.origins`): what only a withheld class says finds nobody.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from graph.selection import UnanswerableError
from graph.shapes.shape import Argument
from graph.sharing import Viewer
from graph.vocabulary.origins import letters_open

# A search looks through its best matches, however many there are: nobody reads the 200th.
MATCHES_CONSIDERED = 200
_NO_LIMIT = 2_147_483_647
_MOST_TERMS = 8  # Lucene builds an automaton for each
_TWO_SLIPS_FROM = 6  # letters: in a shorter word two slips make another name
_SLIPS_UP_TO = 16  # letters: the automaton of a longer word is more than Lucene makes
_NOBODY = "~"  # a letter that no word stands after

# What a full-text index is asked with: its name, the query, and how many at most.
Query = dict[str, Any]


def fold(text: str) -> str:
    """Lower case without accents: `Núñez` and `NUNEZ` are one name."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> list[str]:
    """The words of a text, folded; only the first few, for each is looked for with slips."""
    # Only letters and figures pass, so nothing in a name can be an operator of Lucene's.
    return re.findall(r"[^\W_]+", fold(text))[:_MOST_TERMS]


def by_name(person: str, words: Sequence[str], viewer: Viewer, born: Sequence[str] = ()) -> Query:
    """Children or sponsors by a name; `born` are words of a birth date that put some before others.

    A birth date alone finds nobody.
    """
    letters = f"[{re.escape(_NOBODY)}{letters_open(viewer.withheld)}]"
    whole = f"searchWords:/{letters}_{'_'.join(sorted(words))}/"
    named = " ".join([whole, *(_evenly("searchWords", letters, word) for word in words)])
    rest = [f"searchWords:/{letters}{word}/^0.5" for word in born]
    query = " ".join([f"+({named})", *rest])
    return {"index": f"{person}_names_by_class", "query": query, "most": _NO_LIMIT}


def by_address(words: Sequence[str]) -> Query:
    """Addresses by whatever is known of one: who says so is asked of each that is found."""
    query = " ".join(_evenly("searchText", "", word) for word in words)
    return {"index": "address_text", "query": query, "most": _NO_LIMIT}


def scribbled_name(person: str) -> Argument:
    """`name`: words to search for, accents folded and slips allowed."""
    return Argument("name", lambda text, asked: by_name(person, _words(text), asked.viewer))


SCRIBBLED_ADDRESS = Argument("text", lambda text, _: by_address(_words(text)))


def _words(text: str) -> list[str]:
    words = words_of(text)
    if not words:
        raise UnanswerableError("A search needs at least one letter or figure to look for.")
    return words


def _at_its_word(term: str) -> bool:
    return len(term) <= 2 or any(letter.isdigit() for letter in term)  # noqa: PLR2004 - two letters


def _evenly(field: str, letters: str, term: str) -> str:
    """A word as it is counts three, and with a slip one, however rare it is.

    In longer words one slip in either half.
    """
    exact = f"{field}:/{letters}{term}/^2"
    if _at_its_word(term) or len(term) > _SLIPS_UP_TO:
        return exact
    half = len(term) // 2 if len(term) >= _TWO_SLIPS_FROM else 0
    parts = [part for part in (term[:half], term[half:]) if part]
    return f"{exact} {field}:/{letters}{''.join(map(_with_a_slip, parts))}/"


def _with_a_slip(part: str) -> str:
    """A regular expression of whatever is one letter off: another, one less, one more, two turned.

    Letter by letter, so that what two ways have in common is written once.
    """
    first, rest = part[0], part[1:]
    if not rest:
        return f"({first}|.?|{first}.|.{first})"
    turned = f"|{rest[0]}{first}{rest[1:]}"
    return f"({first}{_with_a_slip(rest)}|.?{rest}|.{part}{turned})"
