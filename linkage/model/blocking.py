"""Candidate pairs: which two records are worth comparing.

Each rule is a join with its corroborating conditions inside, so that a common name alone never
makes a pair; a pair found by several rules is compared once. Splink's own blocking excludes
earlier rules pair by pair, which dominated the time at a million records; a union does not.

As in Splink, `l` is the lesser person of the two: a rule that reads them differently has another
beside it that reads them the other way round.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from duckdb import DuckDBPyConnection

# The whole date a slip away: one figure wrong, day and month exchanged, or a year off.
_BIRTH_SLIP = """(hamming(l.birth_text, r.birth_text) = 1
    OR (year(l.date_of_birth) = year(r.date_of_birth)
        AND (l.birth_is_placeholder OR r.birth_is_placeholder
             OR (month(l.date_of_birth) = day(r.date_of_birth)
                 AND day(l.date_of_birth) = month(r.date_of_birth))))
    OR (abs(year(l.date_of_birth) - year(r.date_of_birth)) = 1
        AND right(l.birth_text, 5) = right(r.birth_text, 5)))"""

_BIRTH_COMPATIBLE = f"""(
    ((l.date_of_birth IS NULL OR r.date_of_birth IS NULL) AND l.birth_month = r.birth_month)
    OR {_BIRTH_SLIP}
    OR ((l.birth_month IS NULL OR r.birth_month IS NULL)
        AND (l.family_2 = r.family_2 OR l.state = r.state OR l.release_date = r.release_date)))"""

CHILD_RULES: dict[str, str] = {
    "same A-number": "l.a_number = r.a_number",
    "same ORR child": "l.uac_id = r.uac_id",
    "born that day, same surname": "l.date_of_birth = r.date_of_birth AND l.family_1 = r.family_1",
    "born that day, same given name": "l.date_of_birth = r.date_of_birth"
    " AND l.given_1 = r.given_1 AND NOT l.birth_is_placeholder",
    "born that day, second surname first": "l.date_of_birth = r.date_of_birth"
    " AND l.family_1 = r.family_2",
    "born that day, first surname second": "l.date_of_birth = r.date_of_birth"
    " AND l.family_2 = r.family_1",
    "born that day, names begin alike": "l.date_of_birth = r.date_of_birth"
    " AND l.initials = r.initials AND NOT l.birth_is_placeholder",
    "same names, birth date not against it": "l.given_1 = r.given_1 AND l.family_1 = r.family_1"
    f" AND {_BIRTH_COMPATIBLE}",
    "same names, surnames exchanged": "l.given_1 = r.given_1 AND l.family_1 = r.family_2"
    f" AND {_BIRTH_COMPATIBLE}",
    "same names, surnames exchanged back": "l.given_1 = r.given_1 AND l.family_2 = r.family_1"
    f" AND {_BIRTH_COMPATIBLE}",
    "names run together": "l.given_1 = r.given_1 AND l.family_joined = r.family_joined"
    f" AND {_BIRTH_COMPATIBLE}",
    "entered that day, same given name": "l.entry_date = r.entry_date AND l.given_1 = r.given_1"
    " AND (l.family_1 = r.family_1 OR l.birth_month = r.birth_month)",
    "released that day to that name": "l.release_date = r.release_date"
    " AND l.partner_given_1 = r.partner_given_1",
    "same door, same given name": "l.door = r.door AND l.given_1 = r.given_1",
    "same door, same surname, birth not against it": "l.door = r.door"
    f" AND l.family_1 = r.family_1 AND (l.birth_month = r.birth_month OR {_BIRTH_SLIP})",
}

SPONSOR_RULES: dict[str, str] = {
    "sponsor of the same child": "l.child_identity = r.child_identity",
    "same sponsor id": "l.sponsor_id = r.sponsor_id",
    "same phone": "l.phone = r.phone AND (l.given_1 = r.given_1 OR l.family_1 = r.family_1"
    " OR l.initials = r.initials)",
    "same door": "l.door = r.door AND (l.given_1 = r.given_1 OR l.family_1 = r.family_1"
    " OR l.initials = r.initials)",
    "born that day, same surname": "l.date_of_birth = r.date_of_birth AND l.family_1 = r.family_1",
    "born that day, same given name": "l.date_of_birth = r.date_of_birth"
    " AND l.given_1 = r.given_1 AND NOT l.birth_is_placeholder",
    "same names, near": "l.given_1 = r.given_1 AND l.family_1 = r.family_1"
    " AND (l.zip = r.zip OR l.family_2 = r.family_2 AND l.state = r.state"
    f" OR {_BIRTH_SLIP} OR l.release_date = r.release_date)",
    "same names, born that day elsewhere": "l.given_1 = r.given_1"
    " AND l.family_joined = r.family_joined AND l.birth_month = r.birth_month",
}


def find_candidates(
    connection: DuckDBPyConnection, people: str, rules: dict[str, str], touched: str | None = None
) -> int:
    """Make `candidates(match_key, join_key_l, join_key_r)` of the table named; count them.

    With `touched`, a table of one column `person`, only pairs of which one side at least is in it:
    of those, all that there would be without.
    """
    sides = [(people, people)]
    if touched is not None:
        # A thousand in a hundred thousand: each rule joins the few with all, from either side.
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE touched_people AS FROM {people} SEMI JOIN {touched}"
            " USING (person)"
        )
        sides = [("touched_people", people), (people, "touched_people")]
    found = "\nUNION ALL\n".join(
        f"SELECT {number}::UTINYINT AS rule, l.person AS join_key_l, r.person AS join_key_r"
        f" FROM {left} l JOIN {right} r ON {condition} AND l.person < r.person"
        for number, condition in enumerate(rules.values())
        for left, right in sides
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE candidates AS"
        " SELECT min(rule)::VARCHAR AS match_key, join_key_l, join_key_r"
        f" FROM ({found}) GROUP BY join_key_l, join_key_r"
    )
    return int(connection.execute("SELECT count(*) FROM candidates").fetchall()[0][0])
