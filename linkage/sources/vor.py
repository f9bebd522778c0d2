"""The Verification of Release form: names written by hand, as one free text."""

from typing import ClassVar

from graph.vocabulary.agencies import Source, Table
from linkage.records import Day, Id, Row, Text


class Vor(Row):
    table: ClassVar = Table.VOR
    source: ClassVar = Source.VOR

    record_id: Id
    a_number: Text = None
    child_name: Text
    child_dob: Day = None
    release_date: Day = None
    sponsor_name: Text
    sponsor_relationship: Text = None
    address: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
    phone: Text = None
