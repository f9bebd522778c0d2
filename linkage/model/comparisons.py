"""What is compared of two children, and of two sponsors: the structure of both models.

Only the structure: how much each level weighs is measured by `linkage.train` and kept, versioned,
in child.json and sponsor.json.
"""

from typing import Any

from linkage.model.names_alike import GIVEN_NAMES, SURNAMES, Level

_YEARS_APART = "abs(year(date_of_birth_l) - year(date_of_birth_r))"

BIRTH: tuple[Level, ...] = (
    ("not stated", "birth_month_l IS NULL OR birth_month_r IS NULL"),
    ("same day", "date_of_birth_l = date_of_birth_r AND NOT birth_is_placeholder_l"),
    ("same 1 January", "date_of_birth_l = date_of_birth_r"),
    (
        "same month, the day not stated",
        "birth_month_l = birth_month_r AND (date_of_birth_l IS NULL OR date_of_birth_r IS NULL)",
    ),
    (
        "day and month exchanged",
        (
            "year(date_of_birth_l) = year(date_of_birth_r)"
            " AND month(date_of_birth_l) = day(date_of_birth_r)"
            " AND day(date_of_birth_l) = month(date_of_birth_r)"
        ),
    ),
    (
        "same year, one is 1 January",
        (
            "left(birth_month_l, 4) = left(birth_month_r, 4)"
            " AND (birth_is_placeholder_l OR birth_is_placeholder_r)"
        ),
    ),
    ("a year off", f"{_YEARS_APART} = 1 AND right(birth_text_l, 5) = right(birth_text_r, 5)"),
    ("one figure wrong", "hamming(birth_text_l, birth_text_r) = 1"),
    ("same month", "birth_month_l = birth_month_r"),
    ("same year", "left(birth_month_l, 4) = left(birth_month_r, 4)"),
    ("other", "ELSE"),
)

_STEPS = "abs(try_cast(a_number_l[2:] AS INTEGER) - try_cast(a_number_r[2:] AS INTEGER))"

# Brothers and sisters get neighbouring numbers: a number nine further on is a slip or a sister.
A_NUMBER: tuple[Level, ...] = (
    ("not stated", "a_number_l IS NULL OR a_number_r IS NULL"),
    ("same", "a_number_l = a_number_r"),
    ("a neighbouring number", f"{_STEPS} <= 9"),
    ("a slip", "damerau_levenshtein(a_number_l, a_number_r) = 1"),
    ("other", "ELSE"),
)

SEX: tuple[Level, ...] = (
    ("not stated", "sex_l IS NULL OR sex_r IS NULL"),
    ("same", "sex_l = sex_r"),
    ("other", "ELSE"),
)

COUNTRY: tuple[Level, ...] = (
    ("not stated", "country_l IS NULL OR country_r IS NULL"),
    ("same", "country_l = country_r"),
    ("other", "ELSE"),
)

ENTRY: tuple[Level, ...] = (
    ("not stated", "entry_date_l IS NULL OR entry_date_r IS NULL"),
    ("same day", "entry_date_l = entry_date_r"),
    ("within three days", "abs(entry_date_l - entry_date_r) <= 3"),
    (
        "one figure wrong",
        "hamming(strftime(entry_date_l, '%Y-%m-%d'), strftime(entry_date_r, '%Y-%m-%d')) = 1",
    ),
    ("other", "ELSE"),
)

ORR_CHILD: tuple[Level, ...] = (
    ("not stated", "uac_id_l IS NULL OR uac_id_r IS NULL"),
    ("same", "uac_id_l = uac_id_r"),
    ("other", "ELSE"),
)

_PARTNER_ALIKE = (
    "(partner_family_joined_l = partner_family_joined_r OR partner_family_1_l = partner_family_1_r"
    " OR jaro_winkler_similarity(partner_family_joined_l, partner_family_joined_r) >= 0.9)"
)
_PARTNER_GIVEN_ALIKE = (
    "(partner_given_1_l = partner_given_1_r"
    " OR jaro_winkler_similarity(partner_given_joined_l, partner_given_joined_r) >= 0.9)"
)

# To whom the child was released (for a sponsor: which child was released to her).
PARTNER: tuple[Level, ...] = (
    ("not stated", "partner_family_joined_l IS NULL OR partner_family_joined_r IS NULL"),
    (
        "same person, same day",
        f"release_date_l = release_date_r AND {_PARTNER_ALIKE} AND {_PARTNER_GIVEN_ALIKE}",
    ),
    ("same person", f"{_PARTNER_ALIKE} AND {_PARTNER_GIVEN_ALIKE}"),
    ("same given name, same day", f"release_date_l = release_date_r AND {_PARTNER_GIVEN_ALIKE}"),
    ("same surname", _PARTNER_ALIKE),
    ("other", "ELSE"),
)

# Children move and files are stale: another address says little, the same door much.
ADDRESS: tuple[Level, ...] = (
    ("not stated", "state_l IS NULL OR state_r IS NULL"),
    ("same door", "door_l = door_r"),
    ("same building", "building_l = building_r"),
    ("same ZIP", "zip_l = zip_r"),
    ("same state", "state_l = state_r"),
    ("other", "ELSE"),
)

# One comparison, not two: those who share a house share its telephone, and counting both would
# make one woman of all the Marias at an address.
REACHED_AT: tuple[Level, ...] = (
    ("not stated", "state_l IS NULL AND phone_l IS NULL OR state_r IS NULL AND phone_r IS NULL"),
    ("same telephone and door", "phone_l = phone_r AND door_l = door_r"),
    ("same telephone", "phone_l = phone_r"),
    (
        "same door, telephone a slip",
        "door_l = door_r AND damerau_levenshtein(phone_l, phone_r) = 1",
    ),
    ("same door", "door_l = door_r"),
    ("same building", "building_l = building_r"),
    ("telephone a slip", "damerau_levenshtein(phone_l, phone_r) = 1"),
    ("same ZIP", "zip_l = zip_r"),
    ("same state", "state_l = state_r"),
    ("other", "ELSE"),
)

# "given_names" is read by the sibling rule: its name is part of the contract with siblings.py.
CHILD_COMPARISONS: dict[str, tuple[Level, ...]] = {
    "surnames": SURNAMES,
    "given_names": GIVEN_NAMES,
    "birth": BIRTH,
    "a_number": A_NUMBER,
    "sex": SEX,
    "country": COUNTRY,
    "entry": ENTRY,
    "orr_child": ORR_CHILD,
    "released_to": PARTNER,
    "address": ADDRESS,
}

SPONSOR_COMPARISONS: dict[str, tuple[Level, ...]] = {
    "surnames": SURNAMES,
    "given_names": GIVEN_NAMES,
    "birth": BIRTH,
    "reached_at": REACHED_AT,
    "sponsor_id": (
        ("not stated", "sponsor_id_l IS NULL OR sponsor_id_r IS NULL"),
        ("same", "sponsor_id_l = sponsor_id_r"),
        ("other", "ELSE"),
    ),
    # A child's identity is settled first; whoever took her in on the same day is one sponsor.
    "child": (
        ("not stated", "child_identity_l IS NULL OR child_identity_r IS NULL"),
        (
            "same child, same day",
            "child_identity_l = child_identity_r AND release_date_l = release_date_r",
        ),
        ("same child", "child_identity_l = child_identity_r"),
        ("same family group", "family_group_l = family_group_r"),
        (
            "same day, a child of one surname",
            "release_date_l = release_date_r AND partner_family_1_l = partner_family_1_r",
        ),
        ("a child of one surname", "partner_family_1_l = partner_family_1_r"),
        ("another child", "ELSE"),
    ),
}


def settings(comparisons: dict[str, tuple[Level, ...]], weights: dict[str, Any]) -> dict[str, Any]:
    """Splink's settings: the structure with its weights.

    `weights` is `{comparison: [[m, u], …]}`, best level first (the level "not stated" has none),
    and `prior`, the share of candidates that are one person.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "person",
        "probability_two_random_records_match": weights["prior"],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        # Candidates are made in blocking.py and registered; Splink asks for a rule all the same.
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.person = r.person"}],
        "comparisons": [
            {
                "output_column_name": name,
                "comparison_levels": [
                    {
                        "sql_condition": levels[0][1],
                        "label_for_charts": levels[0][0],
                        "is_null_level": True,
                    },
                    *(
                        {
                            "sql_condition": condition,
                            "label_for_charts": label,
                            "m_probability": m,
                            "u_probability": u,
                        }
                        for (label, condition), (m, u) in zip(
                            levels[1:], weights[name], strict=True
                        )
                    ),
                ],
            }
            for name, levels in comparisons.items()
        ],
    }  # fmt: skip
