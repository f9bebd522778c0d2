"""A field office's own spreadsheet: any columns, with a mapping given in the manifest."""

from typing import ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Row, Text, TypedDay


class Worksheet(Row):
    """What a mapped column may stand for; a column mapped to none of these is kept in `extra`.

    A row is known by its content, since offices number nothing; a column mapped to `record_id`
    (or so called) is used when there is one.
    """

    table: ClassVar = Table.WORKSHEET
    source: ClassVar = Source.LOCAL_WORKSHEET

    a_number: Text = None
    name: Text = None
    family_name: Text = None
    given_names: Text = None
    date_of_birth: TypedDay = None
    hearing_date: TypedDay = None
    court: Text = None
    appearance: Text = None
    address: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
    note: Text = None
