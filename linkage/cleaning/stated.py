"""What each table states about a person, in one set of columns and still as written.

One SELECT a table: adding a source to linkage starts with one more here.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from duckdb import DuckDBPyConnection

from linkage.unnamed import named

# Every SELECT gives these, in this order; what a table does not state is NULL.
COLUMNS = (
    "a_number, name, family, given, born, sex, country, entered, released, phone, uac_id,"
    " family_group, sponsor_id, partner, partner_family, partner_given,"
    " line, city, state, zip"
)

_KEY = 'record_key, version, source, "table", record_id, as_of'

# Who was expunged is nobody any more, and in particular not everybody else who was.
_LAST_NAME, _IN_FULL = named("sponsor_last_name"), named("sponsor_name")

_CHILDREN = (
    f"""SELECT {_KEY}, 'CHILD' AS role, a_number, NULL AS name, family_name AS family,
        given_names AS given, date_of_birth AS born, sex, country_of_birth AS country,
        apprehension_date AS entered, NULL AS released, NULL AS phone, NULL AS uac_id,
        NULL AS family_group, NULL AS sponsor_id, NULL AS partner, NULL AS partner_family,
        NULL AS partner_given, address AS line, city, state, zip
    FROM received_earm WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', a_number, NULL, family_name, given_names, date_of_birth, NULL,
        country, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM received_planet WHERE is_current""",
    # BIRTHDATE is the internal extract's whole date, C_BIRTHDATE the public file's month.
    f"""SELECT {_KEY}, 'CHILD', a_number, name, NULL, NULL, coalesce(birthdate, c_birthdate),
        gender, 'EOIR:' || nat, date_of_entry, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        alien_address, alien_city, alien_state, alien_zipcode
    FROM received_eoir_case WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', alien_no, NULL, last_name, concat_ws(' ', first_name, middle_name),
        dob, gender, cob, date_of_entry, release_date, sponsor_phone, uac_id, familygroup,
        sponsor_id, NULL, {_LAST_NAME}, sponsor_first_name,
        sponsor_address, sponsor_city, sponsor_state, sponsor_zip_code
    FROM received_orr_release WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', alien_no, NULL, last_name, first_name, dob, NULL, NULL, NULL, NULL,
        NULL, uac_id, NULL, NULL, NULL, NULL, NULL, address, city, state, zip
    FROM received_orr_contact WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', a_number, child_name, NULL, NULL, child_dob, NULL, NULL, NULL,
        release_date, phone, NULL, NULL, NULL, {_IN_FULL}, NULL, NULL, address, city, state, zip
    FROM received_vor WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', a_number, name, NULL, NULL, date_of_birth, NULL, nationality, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, address, city, state, zip
    FROM received_nta WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', a_number, NULL, last_name, first_name, date_of_birth, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM received_uscis_relief WHERE is_current""",
    f"""SELECT {_KEY}, 'CHILD', a_number, name, family_name, given_names, date_of_birth, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, address, city, state, zip
    FROM received_worksheet WHERE is_current""",
)

# A release to foster care or on ageing out has no sponsor: no person, rather than an empty one.
_SPONSORS = (
    f"""SELECT {_KEY}, 'SPONSOR', NULL, NULL, {_LAST_NAME}, sponsor_first_name, sponsor_dob,
        NULL, NULL, NULL, release_date, sponsor_phone, uac_id, familygroup, sponsor_id,
        NULL, last_name, concat_ws(' ', first_name, middle_name),
        sponsor_address, sponsor_city, sponsor_state, sponsor_zip_code
    FROM received_orr_release
    WHERE is_current AND coalesce({_LAST_NAME}, sponsor_first_name) IS NOT NULL""",
    f"""SELECT {_KEY}, 'SPONSOR', NULL, sponsor_name, NULL, NULL, NULL, NULL, NULL, NULL,
        release_date, phone, NULL, NULL, NULL, child_name, NULL, NULL, address, city, state, zip
    FROM received_vor WHERE is_current AND {_IN_FULL} IS NOT NULL""",
)


def state_people(connection: DuckDBPyConnection) -> None:
    """Make `stated`: one row per current record and role, in the words of its source."""
    union = "\nUNION ALL\n".join((*_CHILDREN, *_SPONSORS))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE stated AS {union}")
