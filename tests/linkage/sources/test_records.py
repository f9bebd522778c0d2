"""A model checks one row in Python and millions in DuckDB: both ways must say the same."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from linkage.records import Dated, Row, kind_of
from linkage.sources import MODELS

DATED = {
    kind: (model, name)
    for model in MODELS
    for name in model.model_fields
    if (kind := kind_of(model, name, Dated))
}
digits = st.text("0123456789", min_size=1, max_size=4)
almost_dates = st.one_of(
    st.dates().map(str),
    st.builds("{}-{}-{}".format, digits, digits, digits),
    st.builds("{}/{}/{}".format, digits, digits, digits),
    st.builds("{}/{}".format, digits, digits),
    st.builds("{} {}:{}:00.000".format, st.dates(), digits, digits),
    st.text("0123456789-/: .apmT", max_size=12),
)


def model_accepts(model: type[Row], name: str, value: str) -> bool:
    try:
        model.__pydantic_validator__.validate_assignment(model.model_construct(), name, value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", DATED, ids=lambda kind: kind.reads)
def test_what_the_model_takes_for_a_date_duckdb_takes_for_one(kind: Dated):
    model, name = DATED[kind]
    with duckdb.connect() as connection:

        @given(almost_dates)
        def both_agree(value: str):
            value = value.strip()
            [(refused,)] = connection.execute(
                f"SELECT {kind.refuses('value')} FROM (SELECT nullif($value, '') AS value)",
                {"value": value},
            ).fetchall()
            assert model_accepts(model, name, value) is not refused

        both_agree()
