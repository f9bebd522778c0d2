"""Notices to Appear: the paper that starts a case, when it is issued, served and filed."""

from typing import Annotated, ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, Day, Id, Row, Text


class Nta(Row):
    table: ClassVar = Table.NTA
    source: ClassVar = Source.NTA

    record_id: Id
    a_number: Text = None
    name: Text
    date_of_birth: Day = None
    nationality: Text = None
    issued_by: Annotated[Text, Coded(("ICE", "USCIS"))] = None
    issued_date: Day = None
    served_date: Day = None
    service_method: Annotated[Text, Coded(("PERSONAL", "MAIL", "FACILITY_PERSON_IN_CHARGE"))] = None
    filed_date: Day = None
    address: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
