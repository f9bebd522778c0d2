"""ICE OPLA's PLANet: the attorneys' case management, one row a hearing."""

from typing import Annotated, ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, Day, Id, Row, Text


class Planet(Row):
    table: ClassVar = Table.PLANET
    source: ClassVar = Source.PLANET

    record_id: Id
    a_number: Text = None
    family_name: Text
    given_names: Text
    date_of_birth: Day = None
    country: Text = None
    hearing_date: Day = None
    # EOIR's base city code.
    court: Text = None
    appearance: Annotated[Text, Coded(("APPEARED", "FAILED_TO_APPEAR", "CONTINUED"))] = None
    entered_date: Day = None
    nta_filed_date: Day = None
