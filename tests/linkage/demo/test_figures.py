"""The report's figures, exact at any size that can hold them."""

import pytest

from linkage.demo.figures import Figures, apportion, figures_for, scaled
from tests.linkage.demo.conftest import a_world


def test_a_hundredth_of_the_world_has_a_hundredth_of_every_printed_figure(hundredth):
    assert hundredth.summary.figures == Figures(
        children=4_488,
        transferred={2019: 680, 2020: 151, 2021: 1_209, 2022: 1_270, 2023: 1_178},
        in_absentia=320,
        planet_absences=280,
        planet_extra_months=33,
        planet_without_order=11,
        without_nta=2_910,
        without_nta_crossed_2021=900,
        office_children=416,
        office_without_nta=348,
    )


def test_at_full_size_the_figures_are_those_printed():
    full = figures_for(448_820)
    assert list(full.transferred.values()) == [67_987, 15_128, 120_859, 127_057, 117_789]
    assert (full.in_absentia, full.planet_absences) == (32_000, 28_000)
    assert (full.without_nta, full.without_nta_crossed_2021) == (291_000, 90_000)
    assert (full.office_without_nta, full.office_children) == (34_823, 41_638)


@pytest.mark.parametrize("children", [1, 7, 99, 1_000, 12_345, 448_819])
def test_whoever_is_shared_out_over_the_years_is_neither_lost_nor_invented(children):
    assert sum(figures_for(children).transferred.values()) == children


def test_the_largest_remainder_gets_the_seat_that_is_left():
    assert apportion(10, {1: 66, 2: 23, 3: 11}) == {1: 7, 2: 2, 3: 1}


def test_half_a_child_counts_as_one():
    assert [scaled(448_820 // 2, children) for children in (1, 2, 3)] == [1, 1, 2]


def test_the_courts_file_shows_as_many_children_ordered_removed_in_absentia(hundredth):
    child_of_case = hundredth.truth("eoir_case")
    ordered = [row for row in hundredth.table("eoir_proceeding") if row["ABSENTIA"] == "Y"]
    assert len({child_of_case[row["IDNCASE"]] for row in ordered}) == 320
    assert all("2018-10-01" <= row["COMP_DATE"] < "2023-10-01" for row in ordered)


def test_planet_shows_as_many_children_who_failed_to_appear(hundredth):
    child_of = hundredth.truth("planet")
    noted = [row for row in hundredth.table("planet") if row["appearance"] == "FAILED_TO_APPEAR"]
    assert len({child_of[row["record_id"]] for row in noted}) == 280
    assert max(row["hearing_date"] for row in noted) <= "2024-05-31"


def test_some_absences_lie_in_the_months_that_only_planet_covers(hundredth):
    noted = [row for row in hundredth.table("planet") if row["appearance"] == "FAILED_TO_APPEAR"]
    late = {
        hundredth.truth("planet")[r["record_id"]] for r in noted if r["hearing_date"] > "2023-10-07"
    }
    assert 20 < len(late) <= 33


def test_who_has_no_notice_has_no_case(hundredth):
    served = set(hundredth.truth("nta").values())
    assert len(served) == 4_488 - 2_910
    assert set(hundredth.truth("eoir_case").values()) <= served
    assert set(hundredth.truth("planet").values()) <= served


@pytest.mark.parametrize("noise", [0.5, 2.0])
def test_noise_changes_no_figure(tmp_path, noise):
    loud = a_world(tmp_path, 900, noise=noise)
    case, planet = loud.truth("eoir_case"), loud.truth("planet")
    ordered = {
        case[row["IDNCASE"]] for row in loud.table("eoir_proceeding") if row["ABSENTIA"] == "Y"
    }
    noted = {
        planet[row["record_id"]]
        for row in loud.table("planet")
        if row["appearance"] == "FAILED_TO_APPEAR"
    }
    assert (len(ordered), len(noted)) == (64, 56)
