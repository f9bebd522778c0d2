"""EOIR's CASE extract, as the public FOIA files have it, with an internal extract's four columns.

Ids nest: a case has proceedings, a proceeding has scheduled hearings. The public files hold no
name and no A-number: such a case counts in aggregates and links to nobody.
"""

from typing import Annotated, ClassVar

from pydantic import ConfigDict

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, EoirBirth, EoirTime, Id, Row, Text, YesNo, rows_where

_UPPER_CASE = ConfigDict(alias_generator=str.upper)


class EoirCase(Row):
    """A_TblCase; the last four columns come with an internal extract only."""

    model_config = _UPPER_CASE
    table: ClassVar = Table.EOIR_CASE
    source: ClassVar = Source.EOIR
    quirks: ClassVar = {
        "a ZIP without its leading zero": rows_where(
            "regexp_full_match(coalesce(updated_zipcode, alien_zipcode), '[0-9]{3,4}')"
        ),
        "neither name nor A-number": rows_where("name IS NULL AND a_number IS NULL"),
    }
    without: ClassVar = {
        ("a_number", "name"): "no column A_NUMBER or NAME, as in the public files: the cases "
        "load and count in aggregates, and link to nobody"
    }

    idncase: Id
    nat: Text = None
    lang: Text = None
    custody: Text = None
    c_birthdate: EoirBirth = None
    gender: Text = None
    date_of_entry: EoirTime = None
    alien_city: Text = None
    alien_state: Text = None
    alien_zipcode: Text = None
    updated_city: Text = None
    updated_state: Text = None
    updated_zipcode: Text = None
    address_changedon: EoirTime = None
    a_number: Text = None
    # `FAMILY, GIVEN`
    name: Text = None
    birthdate: EoirTime = None
    alien_address: Text = None


class EoirProceeding(Row):
    """B_TblProceeding."""

    model_config = _UPPER_CASE
    table: ClassVar = Table.EOIR_PROCEEDING
    source: ClassVar = Source.EOIR

    idnproceeding: Id
    idncase: Text
    # The date of the Notice to Appear (once: Order to Show Cause).
    osc_date: EoirTime = None
    input_date: EoirTime = None
    base_city_code: Text = None
    hearing_loc_code: Text = None
    hearing_date: EoirTime = None
    dec_code: Text = None
    comp_date: EoirTime = None
    # Y: decided in absentia.
    absentia: YesNo = None


class EoirSchedule(Row):
    """tbl_schedule."""

    model_config = _UPPER_CASE
    table: ClassVar = Table.EOIR_SCHEDULE
    source: ClassVar = Source.EOIR

    idnschedule: Id
    idnproceeding: Text
    idncase: Text
    cal_type: Text = None
    adj_date: EoirTime = None
    adj_time_start: Text = None
    # 11: the child did not appear (graph.vocabulary.court.ADJOURNED_FOR_NO_SHOW).
    adj_rsn: Text = None
    notice_code: Text = None


_JUVENILE_NAMES = {
    "idnjuvenilehistory": "idnJuvenileHistory",
    "idncase": "idnCase",
    "idnproceeding": "idnProceeding",
    "idnjuvenile": "idnJuvenile",
}


class EoirJuvenile(Row):
    """tbl_JuvenileHistory."""

    model_config = ConfigDict(alias_generator=_JUVENILE_NAMES.__getitem__)
    table: ClassVar = Table.EOIR_JUVENILE
    source: ClassVar = Source.EOIR

    idnjuvenilehistory: Id
    idncase: Text
    idnproceeding: Text = None
    # 1 J, 2 J1, 3 J2, 4 UJ (unaccompanied), 5 NA, 6 AJ
    idnjuvenile: Annotated[Text, Coded(("1", "2", "3", "4", "5", "6"))] = None
