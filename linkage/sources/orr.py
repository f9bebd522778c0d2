"""ORR: releases from custody to a sponsor, and what was heard from child and sponsor since.

Columns are named as in HHS's own schema (hhs_uacportal.structure.sql, US public domain).
"""

from typing import Annotated, ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, Day, Id, Row, Text


class OrrRelease(Row):
    """One release of one child; a child released again has another row."""

    table: ClassVar = Table.ORR_RELEASE
    source: ClassVar = Source.ORR

    record_id: Id
    uac_id: Text = None
    alien_no: Text = None
    last_name: Text
    first_name: Text
    middle_name: Text = None
    aka: Text = None
    dob: Day = None
    gender: Text = None
    cob: Text = None
    date_of_entry: Day = None
    release_date: Day = None
    release_type: Annotated[Text, Coded(("SPONSOR", "FOSTER_CARE", "AGED_OUT"))] = None
    familygroup: Text = None
    sponsor_id: Text = None
    sponsor_last_name: Text = None
    sponsor_first_name: Text = None
    sponsor_dob: Day = None
    sponsor_phone: Text = None
    sponsor_category: Annotated[Text, Coded(("1", "2", "2A", "2B", "3"))] = None
    sponsor_relationship_to_uac: Text = None
    sponsor_address: Text = None
    sponsor_city: Text = None
    sponsor_state: Text = None
    sponsor_zip_code: Text = None


_CONTACT_KINDS = ("CALL_30_DAY", "POST_RELEASE_SERVICE", "WELLNESS_CHECK", "HELPLINE")
_OUTCOMES = (
    "REACHED",
    "NO_ANSWER",
    "WRONG_NUMBER",
    "REFUSED",
    "SAFE",
    "CONCERN",
    "UNABLE_TO_LOCATE",
    "OPEN",
    "CLOSED",
)


class OrrContact(Row):
    """30-day calls, post-release services, wellness checks and the helpline."""

    table: ClassVar = Table.ORR_CONTACT
    source: ClassVar = Source.ORR

    record_id: Id
    uac_id: Text = None
    alien_no: Text = None
    last_name: Text = None
    first_name: Text = None
    dob: Day = None
    kind: Annotated[Text, Coded(_CONTACT_KINDS)]
    leg: Annotated[Text, Coded(("CHILD", "SPONSOR"))] = None
    contact_date: Day
    outcome: Annotated[Text, Coded(_OUTCOMES)] = None
    address: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
