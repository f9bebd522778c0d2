"""ICE ERO's EARM (ENFORCE Alien Removal Module): officers type a child's status into it by hand."""

from typing import Annotated, ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Coded, Day, Id, Row, Text, YesNo


class Earm(Row):
    table: ClassVar = Table.EARM
    source: ClassVar = Source.EARM

    record_id: Id
    a_number: Text = None
    family_name: Text
    given_names: Text
    date_of_birth: Day = None
    sex: Text = None
    country_of_birth: Text = None
    apprehension_date: Day = None
    transferred_to_orr_date: Day = None
    field_office: Text = None
    address: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
    address_reported_date: Day = None
    # Blank: nothing was entered, which is neither an appearance nor a failure to appear.
    appearance_status: Annotated[Text, Coded(("APPEARED", "FAILED_TO_APPEAR"))] = None
    appearance_entered_date: Day = None
    final_order_date: Day = None
    final_order_in_absentia: YesNo = None
    status: Text = None
