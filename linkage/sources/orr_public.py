"""ORR's public, de-identified releases, 2015 to 2023: no names, so they link to nobody.

Published by The New York Times (CC BY-NC 4.0) from HHS data, in two forms: the CSV, with an id
and a ZIP, and the Parquet that has the ZIP resolved to state, county and city and no id at all.
The quirks are the file's own; each is counted and none is an error.
"""

from typing import ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import PublicDay, Row, Text, rows_where

# The published header, and what each column is called here. `ID` becomes the record id.
PUBLISHED_COLUMNS = {
    "ID": "record_id",
    "Child's Country of Origin": "country",
    "Child's Gender": "gender",
    "Child's Date of Entry": "entry_date",
    "Child's Date of Release": "release_date",
    "Sponsor Zipcode": "zip",
    "Sponsor Category": "sponsor_category",
    "Relationship of Sponsor": "relationship",
}


class OrrPublic(Row):
    table: ClassVar = Table.ORR_PUBLIC
    source: ClassVar = Source.ORR
    also_called: ClassVar = PUBLISHED_COLUMNS
    repeats_are_rows: ClassVar = True
    quirks: ClassVar = {
        "no sponsor category": rows_where("sponsor_category IS NULL"),
        "no state and no ZIP": rows_where("state IS NULL AND zip IS NULL"),
        "a city written as a ZIP area (Zcta NNNNN)": rows_where("starts_with(city, 'Zcta ')"),
        "a city cut at 15 letters": rows_where("length(city) = 15"),
        "born in the United States of America": rows_where("country = 'United States of America'"),
        "different labels for the relationship": "nullif(count(DISTINCT relationship), 1)",
        "a ZIP that is none (-, 0000, 00000)": rows_where("regexp_full_match(zip, '-|0+')"),
        "released in FY2015, a part year": rows_where("release_date < '2015-10-01'"),
        "released in FY2023, a part year": rows_where("release_date >= '2022-10-01'"),
        "released before entry": rows_where("release_date < entry_date"),
        "a row or an id that stands there before": rows_where("contains(record_id, '#')"),
    }

    country: Text
    gender: Text = None
    entry_date: PublicDay = None
    release_date: PublicDay
    sponsor_category: Text = None
    relationship: Text = None
    state: Text = None
    county: Text = None
    city: Text = None
    zip: Text = None
