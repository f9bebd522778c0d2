"""Names of things that last: A-numbers, record keys, and this system's public ids."""

import hashlib
import re

_A_NUMBER = re.compile(r"^A?0*(\d{1,9})$")
# Base 32 (RFC 4648, small letters), ten bits at a time: Python's own takes longer than the digest.
_ID_BYTES = 10
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]


def a_number(text: str | None) -> str | None:
    """The A-number in its one written form, `A` and nine digits, or None when it is not one.

    Spaces, hyphens and a missing or lower-case `A` are the writer's habit, not another number.
    """
    if text is None:
        return None
    found = _A_NUMBER.match(re.sub(r"[\s\-.#]", "", text).upper())
    return f"A{found[1]:0>9}" if found and int(found[1]) else None


def record_key(source: str, table: str, record_id: str) -> str:
    """A record's identity for ever (FORMATS.md): `EARM/earm/17`."""
    return f"{source}/{table}/{record_id}"


def public_id(kind: str, founder: str) -> str:
    """An id of our own for an identity: `child_` and 16 letters, from what founded it.

    The same founder gives the same id, so a run repeated after a crash makes the same graph.
    Once made, an id is inherited by the identity and never computed again.
    """
    digest = hashlib.sha256(f"{kind}\x00{founder}".encode()).digest()[:_ID_BYTES]
    number = int.from_bytes(digest, "big")
    letters = [_PAIRS[number >> bits & 1023] for bits in range(8 * _ID_BYTES - 10, -1, -10)]
    return f"{kind}_{''.join(letters)}"
