"""Buildings: normal forms that differ by a slip of the pen and still mean one house.

Two forms are one building only with the same house number, in the same ZIP or city, on streets
that differ by a slip. Numbers inside a street's name must agree: 12th Street is not 13th Street.
Each form follows a form said more often, so that a slip never becomes the name of the house.
"""

from duckdb import DuckDBPyConnection

# One edit in six letters or two in twelve are slips; Jaro-Winkler would join "Oak Hill" to
# "Oak Mill" and is not used.
_FOLLOWS = """
WITH candidate AS (
    SELECT l.building_key AS form, r.building_key AS followed, r.times_said,
        l.street AS street_l, r.street AS street_r, l.zip AS zip_l, r.zip AS zip_r,
        l.city AS city_l, r.city AS city_r
    FROM building_forms l JOIN building_forms r
      ON l.house_number = r.house_number AND l.zip = r.zip
     AND (r.times_said, r.building_key) > (l.times_said, l.building_key)
    WHERE l.house_number <> ''
    UNION
    SELECT l.building_key, r.building_key, r.times_said, l.street, r.street, l.zip, r.zip,
        l.city, r.city
    FROM building_forms l JOIN building_forms r
      ON l.house_number = r.house_number AND l.city = r.city AND l.state = r.state
     AND (r.times_said, r.building_key) > (l.times_said, l.building_key)
    WHERE l.house_number <> ''
), alike AS (
    SELECT form, followed, times_said, damerau_levenshtein(street_l, street_r) AS slips
    FROM candidate
    WHERE regexp_replace(street_l, '[^0-9]', '', 'g') = regexp_replace(street_r, '[^0-9]', '', 'g')
      AND (zip_l IS NULL OR zip_r IS NULL OR damerau_levenshtein(zip_l, zip_r) <= 1)
      AND (damerau_levenshtein(street_l, street_r) <= least(2, length(street_l) // 6)
           OR starts_with(street_l, street_r || ' ') OR starts_with(street_r, street_l || ' ')
           OR ends_with(street_l, ' ' || street_r) OR ends_with(street_r, ' ' || street_l)
           -- "3RD AFENUE": what stands where a suffix should is none, so it is one misspelt.
           OR (array_to_string(string_split(street_l, ' ')[:-2], ' ')
               = array_to_string(string_split(street_r, ' ')[:-2], ' ')
               AND contains(street_l, ' ') AND contains(street_r, ' ')
               AND NOT (is_a_suffix(string_split(street_l, ' ')[-1])
                        AND is_a_suffix(string_split(street_r, ' ')[-1]))
               AND (is_a_suffix(string_split(street_l, ' ')[-1])
                    OR is_a_suffix(string_split(street_r, ' ')[-1]))))
      -- Two slips of the pen in one line are rare; a wrong ZIP and another street is another house.
      AND (street_l = street_r OR zip_l = zip_r)
)
SELECT form, arg_max(followed, (-slips, times_said, followed))
FROM alike GROUP BY form ORDER BY form
"""


def name_buildings(connection: DuckDBPyConnection) -> None:
    """Make `buildings(building_key, building)`: each form and the form its house is known by."""
    followed = dict(connection.execute(_FOLLOWS).fetchall())
    known_by = [(form, _last(form, followed)) for form in sorted(followed)]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE buildings AS"
        " SELECT building_key, coalesce(known.building, building_key) AS building"
        " FROM building_forms LEFT JOIN"
        " (SELECT unnest($forms) AS building_key, unnest($buildings) AS building) AS known"
        " USING (building_key)",
        {"forms": [form for form, _ in known_by], "buildings": [house for _, house in known_by]},
    )


def _last(form: str, followed: dict[str, str]) -> str:
    # Every step goes to a form said more often (or later in the alphabet), so this ends.
    while form in followed:
        form = followed[form]
    return form
