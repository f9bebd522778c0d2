"""USCIS: petitions and applications for relief."""

from typing import Annotated, ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, Day, Id, Row, Text


class UscisRelief(Row):
    table: ClassVar = Table.USCIS_RELIEF
    source: ClassVar = Source.USCIS

    record_id: Id
    a_number: Text = None
    last_name: Text
    first_name: Text
    date_of_birth: Day = None
    form: Annotated[Text, Coded(("I-360", "I-589"))] = None
    filed_date: Day = None
    status: Annotated[Text, Coded(("PENDING", "GRANTED", "DENIED"))] = None
    decided_date: Day = None
