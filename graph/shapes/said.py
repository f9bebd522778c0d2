"""What is known of a person, as far as somebody says it whom the viewer may hear.

A value of biographics has the sharing classes of all records that give it beside it: `familyName`
and `familyNameFrom`. It is told if one of these is open, and what is not told is not there: neither
found by, nor counted from. Like the conditions of `graph.shapes.admission` these are written short,
and whoever has nothing withheld pays nothing for them.
"""


def heard(value: str) -> str:
    """Whether somebody who may be heard says the value, as `biographics.familyName`."""
    return f"heard({value})"


def said(value: str) -> str:
    """The value, or null where nobody who may be heard says it."""
    return f"said({value})"


def each_said(values: str) -> str:
    """Of a list of values those that are said: the classes of each stand in a list beside it."""
    return f"each_said({values})"


def full_name(known: str) -> str:
    """Given names and family name, as far as they are said; null where neither is."""
    given, family = said(f"{known}.givenNames"), said(f"{known}.familyName")
    return f"nullIf(trim(coalesce({given}, '') + ' ' + coalesce({family}, '')), '')"
