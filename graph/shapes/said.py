"""What is known of a person, as far as somebody says it whom the viewer may hear.

A value of biographics has the sharing classes of all records that give it beside it: `familyName`
and `familyNameFrom`. It is told if one of these is open, and what is not told is not there: neither
found by, nor counted from. Whoever has nothing withheld pays for the first comparison only.
"""

_NOTHING_WITHHELD = "size($withheld) = 0"


def heard(value: str) -> str:
    """Whether somebody who may be heard says the value, as `biographics.familyName`."""
    return f"({_NOTHING_WITHHELD} OR {_heard(value)})"


def said(value: str) -> str:
    """The value, or null where nobody who may be heard says it."""
    # One after the other: Neo4j reads both sides of an OR (200 names: 1,810 hits, so 1,010).
    return f"CASE WHEN {_NOTHING_WITHHELD} THEN {value} WHEN {_heard(value)} THEN {value} END"


def _heard(value: str) -> str:
    return f"any(of_class IN {value}From WHERE NOT of_class IN $withheld)"


def each_said(values: str) -> str:
    """Of a list of values those that are said: the classes of each stand in a list beside it."""
    return (
        f"CASE WHEN {_NOTHING_WITHHELD} THEN coalesce({values}, []) ELSE"
        f" [nth IN range(0, size(coalesce({values}From, [])) - 1) WHERE"
        f" any(of_class IN split({values}From[nth], ' ') WHERE NOT of_class IN $withheld)"
        f" | {values}[nth]] END"
    )


def full_name(known: str) -> str:
    """Given names and family name, as far as they are said; null where neither is."""
    given, family = said(f"{known}.givenNames"), said(f"{known}.familyName")
    return f"nullIf(trim(coalesce({given}, '') + ' ' + coalesce({family}, '')), '')"
