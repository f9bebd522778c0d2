"""How two names can agree: the levels of `surnames` and `given names`, best first.

The conditions are Splink's: `_l` and `_r` are the two records of a pair. A level further down
holds only where none above it does.
"""

import re

Level = tuple[str, str]


_SIDE = re.compile(r"\b(\w+)_([lr])\b")


def _of_person(condition: str) -> str:
    return _SIDE.sub(r"\2.\1", condition)


def level_of(levels: tuple[Level, ...]) -> str:
    """SQL for the label of the level that two people `l` and `r` fall in."""
    whens = " ".join(
        f"WHEN {_of_person(condition)} THEN '{label}'" for label, condition in levels[:-1]
    )
    return f"(CASE {whens} ELSE '{levels[-1][0]}' END)"


# A name few bear says more when two records share it. 0 common, 1 uncommon, 2 rare or unseen
# (frequencies.csv, frozen with the model).
_RARE_SURNAME = "greatest(family_band_l, family_band_r) = 2"
_UNCOMMON_SURNAME = "greatest(family_band_l, family_band_r) = 1"
_RARE_GIVEN = "greatest(given_1_band_l, given_1_band_r) >= 2"
_UNCOMMON_GIVEN = "greatest(given_1_band_l, given_1_band_r) = 1"


def _one_name(one: str, other: str) -> str:
    """Two given names that are one: the same, an initial of it, or misspelt.

    Misspelt: they sound the same; or they look alike, and one is a word that nobody is called
    (band 3). JUAN and JUANA look alike and are both names: a brother and a sister.
    """
    left, right = f"{one}_l", f"{other}_r"
    return (
        f"({left} = {right}"
        f" OR (least(length({left}), length({right})) = 1 AND left({left}, 1) = left({right}, 1))"
        f" OR {one}_sound_l = {other}_sound_r"
        f" OR (greatest({one}_band_l, {other}_band_r) = 3"
        f" AND (damerau_levenshtein({left}, {right}) <= 1"
        f" OR (damerau_levenshtein({left}, {right}) = 2"
        f" AND jaro_winkler_similarity({left}, {right}) >= 0.75)"
        f" OR jaro_winkler_similarity({left}, {right}) >= 0.86)))"
    )


SURNAMES: tuple[Level, ...] = (
    ("not stated", "family_joined_l IS NULL OR family_joined_r IS NULL"),
    ("both surnames", "family_1_l = family_1_r AND family_2_l = family_2_r"),
    ("the only surname, rare", f"family_joined_l = family_joined_r AND {_RARE_SURNAME}"),
    ("the only surname, uncommon", f"family_joined_l = family_joined_r AND {_UNCOMMON_SURNAME}"),
    ("the only surname, common", "family_joined_l = family_joined_r"),
    (
        "second dropped, first rare",
        (
            "family_1_l = family_1_r AND (family_2_l IS NULL OR family_2_r IS NULL)"
            f" AND {_RARE_SURNAME}"
        ),
    ),
    (
        "second dropped, first uncommon",
        (
            "family_1_l = family_1_r AND (family_2_l IS NULL OR family_2_r IS NULL)"
            f" AND {_UNCOMMON_SURNAME}"
        ),
    ),
    (
        "second dropped, first common",
        "family_1_l = family_1_r AND (family_2_l IS NULL OR family_2_r IS NULL)",
    ),
    ("exchanged", "family_1_l = family_2_r AND family_2_l = family_1_r"),
    (
        "in the box of given names",
        "family_joined_l = given_joined_r AND family_joined_r = given_joined_l",
    ),
    (
        "both, with a slip",
        (
            "family_2_l IS NOT NULL AND family_2_r IS NOT NULL"
            " AND damerau_levenshtein(family_1_l, family_1_r) <= 2"
            " AND damerau_levenshtein(family_2_l, family_2_r) <= 2"
            " AND jaro_winkler_similarity(family_joined_l, family_joined_r) >= 0.88"
        ),
    ),
    (
        "a slip",
        (
            "jaro_winkler_similarity(family_joined_l, family_joined_r) >= 0.94"
            " OR ((family_2_l IS NULL OR family_2_r IS NULL) AND length(family_1_l) >= 4"
            "     AND damerau_levenshtein(family_1_l, family_1_r) = 1)"
        ),
    ),
    (
        "first of one is second of other",
        (
            "(family_2_l IS NULL AND family_1_l = family_2_r)"
            " OR (family_2_r IS NULL AND family_2_l = family_1_r)"
        ),
    ),
    ("first the same, second another", "family_1_l = family_1_r"),
    ("second the same, first another", "family_2_l = family_2_r"),
    (
        "alike",
        (
            "jaro_winkler_similarity(family_1_l, family_1_r) >= 0.86"
            " OR jaro_winkler_similarity(family_joined_l, family_joined_r) >= 0.88"
            " OR starts_with(family_joined_l, family_1_r)"
            " OR starts_with(family_joined_r, family_1_l)"
        ),
    ),
    ("other", "ELSE"),
)

_ONE_MISSING = "(given_2_l IS NULL OR given_2_r IS NULL)"

GIVEN_NAMES: tuple[Level, ...] = (
    ("not stated", "given_joined_l IS NULL OR given_joined_r IS NULL"),
    ("both given names", "given_1_l = given_1_r AND given_2_l = given_2_r"),
    ("the only one, rare", f"given_joined_l = given_joined_r AND {_RARE_GIVEN}"),
    ("the only one, uncommon", f"given_joined_l = given_joined_r AND {_UNCOMMON_GIVEN}"),
    ("the only one, common", "given_joined_l = given_joined_r"),
    ("first, rare", f"given_1_l = given_1_r AND {_ONE_MISSING} AND {_RARE_GIVEN}"),
    ("first, uncommon", f"given_1_l = given_1_r AND {_ONE_MISSING} AND {_UNCOMMON_GIVEN}"),
    ("first, common", f"given_1_l = given_1_r AND {_ONE_MISSING}"),
    ("exchanged", "given_1_l = given_2_r AND given_2_l = given_1_r"),
    (
        "in the box of surnames",
        "family_joined_l = given_joined_r AND family_joined_r = given_joined_l",
    ),
    (
        "both, with a slip",
        f"{_one_name('given_1', 'given_1')} AND {_one_name('given_2', 'given_2')}",
    ),
    (
        "exchanged, with a slip",
        f"{_one_name('given_1', 'given_2')} AND {_one_name('given_2', 'given_1')}",
    ),
    ("first, with a slip", f"{_ONE_MISSING} AND {_one_name('given_1', 'given_1')}"),
    ("a nickname", "list_has_any(known_as_l, known_as_r)"),
    (
        "only the second is said",
        (
            f"(given_2_l IS NULL AND {_one_name('given_1', 'given_2')})"
            f" OR (given_2_r IS NULL AND {_one_name('given_2', 'given_1')})"
        ),
    ),
    ("first the same, second another", "given_1_l = given_1_r"),
    (
        "run together",
        (
            "given_joined_l = given_joined_r OR (greatest(given_1_band_l, given_1_band_r) = 3"
            " AND (starts_with(given_joined_l, given_1_r) OR starts_with(given_joined_r, given_1_l)"
            " OR jaro_winkler_similarity(given_joined_l, given_joined_r) >= 0.9))"
        ),
    ),
    # Neither plainly one name nor plainly two: no reason to link, and none to hold apart.
    (
        "unclear",
        (
            "greatest(given_1_band_l, given_1_band_r) = 3"
            " AND jaro_winkler_similarity(given_1_l, given_1_r) >= 0.65"
        ),
    ),
    ("other", "ELSE"),
)
