"""Strangers whose papers link pair by pair, and whom all their papers together tell apart."""

import pytest

from linkage.link import link, link_received
from linkage.matching import _Matching
from linkage.model.frozen import load_models
from linkage.workings import open_workings
from tests.linkage.a_store import a_store
from tests.linkage.deliveries import deliver

SOURCE_OF = {"earm": "EARM", "orr_release": "ORR"}


def linked(**tables):
    connection = a_store(**tables)
    link_received(connection, load_models())
    return connection


def identities(connection):
    return dict(
        connection.execute(
            "SELECT record_key, identity_id FROM identities WHERE role = 'CHILD'"
        ).fetchall()
    )


def enforcement(record_id, number, surnames, given_names, born, **stated):
    return {
        "record_id": record_id, "a_number": number, "family_name": surnames,
        "given_names": given_names, "date_of_birth": born, "country_of_birth": "GUATEMALA",
    } | stated  # fmt: skip


def release(record_id, number, surnames, given_names, born, **stated):
    return {
        "record_id": record_id, "uac_id": record_id, "alien_no": number, "last_name": surnames,
        "first_name": given_names, "dob": born, "cob": "GUATEMALA",
    } | stated  # fmt: skip


# Two of the nine pairs that were joined among 448,820 children.
SANTOS = {
    "earm": [
        enforcement("1", "A000330429", "TZOC POP", "SANTOS", "2005-07-13", sex="MALE",
                    apprehension_date="2020-08-14"),
        enforcement("2", "A000340429", "GONZALES SANTANA", "SANTOS AMALIA", "2005-07-13",
                    sex="FEMALE", apprehension_date="2023-04-22"),
    ],
    "orr_release": [
        release("3", "A000330429", "POP TZOC", "SAMTOS", "2005-07-13",
                date_of_entry="2020-08-14", release_date="2020-10-31"),
        release("4", "A000340429", "GONZALES SANTANA", "SANTOS", "2005-07-13",
                date_of_entry="2023-04-22", release_date="2023-05-09"),
    ],
}  # fmt: skip
ANDRES = {
    "orr_release": [
        release("1", "A000104580", "CETO CAAL", "ANDRES EDUARDO", "2005-01-01",
                date_of_entry="2021-07-13", release_date="2021-07-25"),
        release("2", "A000504580", "CAAL", "ANDRES", "2005-10-02",
                date_of_entry="2023-07-25", release_date="2023-08-28"),
    ],
    "uscis_relief": [
        {"record_id": "3", "a_number": "A000104580", "last_name": "CETO CAAL",
         "first_name": "ANDRES EDUARDO", "date_of_birth": "2005-03-21"},
    ],
    "nta": [
        {"record_id": "4", "a_number": "A000504580", "name": "CAAL CABALLERO, ANDRES",
         "date_of_birth": "2005-10-02", "nationality": "GUATEMALA"},
        {"record_id": "5", "a_number": "A000104580", "name": "CETO CAAL, ANDRES",
         "date_of_birth": "2005-03-21", "nationality": "GUATEMALA"},
    ],
}  # fmt: skip
OF_SANTOS = (("EARM/earm/1", "ORR/orr_release/3"), ("EARM/earm/2", "ORR/orr_release/4"))
OF_ANDRES = (("ORR/orr_release/1", "NTA/nta/5"), ("ORR/orr_release/2", "NTA/nta/4"))


@pytest.mark.parametrize(("papers", "of_each"), [(SANTOS, OF_SANTOS), (ANDRES, OF_ANDRES)])
def test_two_numbers_a_figure_apart_are_two_children_when_two_sources_state_each(papers, of_each):
    found = identities(linked(**papers))
    (hers, also_hers), (his, also_his) = of_each
    assert found[hers] == found[also_hers] != found[his] == found[also_his]


def test_what_is_refused_for_it_waits_for_a_person():
    connection = linked(**SANTOS)
    why = connection.execute(
        "SELECT decision, why FROM pairs WHERE role = 'CHILD' AND is_link AND"
        " left_key IN ('EARM/earm/1', 'ORR/orr_release/3')"
        " AND right_key IN ('EARM/earm/2', 'ORR/orr_release/4')"
    ).fetchall()
    assert why
    assert set(why) == {("REVIEW", "BRIDGE_REFUSED")}


def test_they_are_told_apart_however_often_others_who_met_are_weighed_first(monkeypatch):
    weigh, more = _Matching._weigh_who_met, iter(range(9))
    monkeypatch.setattr(
        _Matching, "_weigh_who_met", lambda self: weigh(self) or next(more, None) is not None
    )
    found = identities(linked(**SANTOS))
    assert next(more, None) is None
    assert len(set(found.values())) == 2


def test_a_number_with_a_slip_on_one_paper_is_still_hers():
    papers = SANTOS["orr_release"][0] | {"alien_no": "A000330428"}
    found = identities(linked(earm=SANTOS["earm"][:1], orr_release=[papers]))
    assert found["EARM/earm/1"] == found["ORR/orr_release/3"]


def test_a_child_filed_under_her_sisters_number_by_two_agencies_is_one():
    born, hers, her_sisters = "2008-05-17", "A000123456", "A000123457"
    stated = {"surnames": "PEREZ SOTO", "given_names": "ANA LUCIA", "born": born}
    found = identities(
        linked(
            earm=[enforcement("1", hers, **stated)],
            orr_release=[release("2", hers, **stated)],
            nta=[{"record_id": "3", "a_number": her_sisters, "name": "PEREZ SOTO, ANA LUCIA",
                  "date_of_birth": born, "nationality": "GUATEMALA"}],
            uscis_relief=[{"record_id": "4", "a_number": her_sisters, "date_of_birth": born,
                           "last_name": "PEREZ SOTO", "first_name": "ANA LUCIA"}],
        )
    )  # fmt: skip
    assert len(set(found.values())) == 1


def jose(**stated):
    """Papers of which only the court's, with no day of birth, could be either's."""
    return {
        "earm": [
            enforcement("1", "A000652509", "AGUIRRE HERNANDEZ", "JOSE", "2006-03-16", sex="MALE",
                        apprehension_date="2022-09-17"),
            enforcement("2", None, "HERNANDEZ", "JOSE", "2006-03-14", sex="MALE",
                        apprehension_date="2022-04-12") | stated,
        ],
        "eoir_case": [
            {"idncase": "3", "a_number": "A000652509", "name": "AGUIRRE HERNANDEZ, JOSE",
             "c_birthdate": "3/2006", "gender": "M", "nat": "GT"},
        ],
    }  # fmt: skip


def test_two_files_at_earm_of_other_days_are_two_children():
    found = identities(linked(**jose()))
    assert found["EARM/earm/1"] == found["EOIR/eoir_case/3"] != found["EARM/earm/2"]


@pytest.mark.parametrize(
    "stated",
    [
        # Apprehended again, under the number she has.
        {"a_number": "A000652509", "family_name": "AGUIRRE HERNANDEZ",
         "date_of_birth": "2006-03-16"},
        # The same file opened twice.
        {"apprehension_date": "2022-09-17", "family_name": "AGUIRRE HERNANDEZ",
         "date_of_birth": "2006-03-16"},
    ],
)  # fmt: skip
def test_two_files_of_one_number_or_of_one_day_may_be_one_childs(stated):
    found = identities(linked(**jose(**stated)))
    assert len(set(found.values())) == 1


def of_a_home(home, name, elder="", *, anew=False):
    before = home / f"{elder}.duckdb" if elder else None
    with open_workings(home / f"{name}.duckdb", before) as connection:
        link(connection, home, run=2 if elder else 1, anew=anew)
        return identities(connection)


def delivered(home, table, *papers):
    names = list(dict.fromkeys(name for paper in papers for name in paper))
    rows = (",".join(paper.get(name) or "" for name in names) for paper in papers)
    told = deliver(home, "\n".join([",".join(names), *rows, ""]), table, source=SOURCE_OF[table])
    assert not told.refused


def test_her_second_paper_comes_later_and_they_are_told_apart_as_if_all_were_linked_again(tmp_path):
    home = tmp_path / "home"
    his, hers = SANTOS["orr_release"]
    delivered(home, "earm", *SANTOS["earm"])
    delivered(home, "orr_release", his)
    of_a_home(home, "first")

    delivered(home, "orr_release", his, hers)
    second = of_a_home(home, "second", "first")

    assert second == of_a_home(home, "again", "first", anew=True)
    (boy, also_boy), (girl, also_girl) = OF_SANTOS
    assert second[boy] == second[also_boy] != second[girl] == second[also_girl]
