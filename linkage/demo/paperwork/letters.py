"""How letters go wrong: keys beside each other, sounds alike, scanners, short forms."""

from random import Random

from linkage.demo import facts

# Neighbours on an English keyboard (as pseudopeople's table of typing errors, BSD-3).
_NEIGHBOURS = {
    "A": "QWSZ", "B": "VGHN", "C": "XDFV", "D": "SERFCX", "E": "WSDR", "F": "DRTGVC",
    "G": "FTYHBV", "H": "GYUJNB", "I": "UJKO", "J": "HUIKMN", "K": "JIOLM", "L": "KOP",
    "M": "NJK", "N": "BHJM", "O": "IKLP", "P": "OL", "Q": "WA", "R": "EDFT", "S": "AWEDXZ",
    "T": "RFGY", "U": "YHJI", "V": "CFGB", "W": "QASE", "X": "ZSDC", "Y": "TGHU", "Z": "ASX",
}  # fmt: skip
# Spanish ears: what one hears and another writes.
_SOUNDS = (
    ("Z", "S"), ("S", "Z"), ("C", "S"), ("V", "B"), ("B", "V"), ("H", ""), ("Y", "I"), ("I", "Y"),
    ("LL", "Y"), ("GE", "JE"), ("QU", "K"), ("C", "K"), ("X", "J"), ("N", "M"), ("TH", "T"),
    ("PH", "F"), ("NN", "N"), ("SS", "S"), ("EE", "I"), ("OU", "U"),
)  # fmt: skip
# What a scanner reads (as pseudopeople's table of OCR errors, BSD-3).
_SCANS = (
    ("S", "5"), ("Z", "2"), ("G", "6"), ("B", "8"), ("A", "4"), ("O", "0"), ("I", "1"),
    ("L", "I"), ("M", "RN"), ("RN", "M"), ("U", "V"), ("V", "U"), ("Y", "V"), ("D", "O"),
    ("Q", "O"), ("F", "P"), ("E", "F"), ("H", "B"), ("CL", "D"), ("W", "VV"), ("RI", "N"),
)  # fmt: skip


def typed(name: str, rng: Random) -> str:
    """One slip of the fingers: a neighbouring key, a letter lost, doubled, or two exchanged."""
    at, slip = rng.randrange(len(name)), rng.random()
    if slip < 0.4:  # noqa: PLR2004 A
        wrong = rng.choice(_NEIGHBOURS.get(name[at], name[at]))
        return name[:at] + wrong + name[at + 1 :]
    if slip < 0.6 and len(name) > 2:  # noqa: PLR2004 A
        return name[:at] + name[at + 1 :]
    if slip < 0.8:  # noqa: PLR2004 A
        return name[:at] + name[at] + name[at:]
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def heard(name: str, rng: Random) -> str:
    """The name as somebody else would spell what they heard."""
    return _one_of(_SOUNDS, name, rng)


def scanned(name: str, rng: Random) -> str:
    """The name as a scanner reads it."""
    return _one_of(_SCANS, name, rng)


def nickname(name: str, rng: Random) -> str:
    """A usual short form, or the name itself where none is usual."""
    short = facts.nicknames().get(name)
    return rng.choice(short) if short else name


def _one_of(swaps: tuple[tuple[str, str], ...], name: str, rng: Random) -> str:
    possible = [(old, new) for old, new in swaps if old in name and len(name) > len(old)]
    if not possible:
        return name
    old, new = rng.choice(possible)
    return name.replace(old, new, 1)


def wrong_digit(number: str, rng: Random) -> str:
    """One digit of the last six exchanged for another, or two neighbours swapped."""
    at = rng.randrange(max(0, len(number) - 6), len(number))
    if rng.random() < 0.3 and at + 1 < len(number):  # noqa: PLR2004 A
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + str((int(number[at]) + rng.randint(1, 9)) % 10) + number[at + 1 :]
