"""Who there is: families, siblings, sponsors, homes."""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from linkage.demo import facts
from linkage.demo.population.births import LEAST_GAP
from linkage.demo.windows import AS_OF, YEAR


def families_of(population):
    found = defaultdict(list)
    for child in population.children:
        found[child.family.id].append(child)
    return [sorted(children, key=lambda child: child.born) for children in found.values()]


def groups_of(population):
    found = defaultdict(list)
    for child in population.children:
        if child.travel_group:
            found[child.travel_group].append(child)
    return list(found.values())


def test_between_15_and_16_children_in_a_hundred_were_released_with_others(population):
    together = sum(map(len, groups_of(population)))
    assert 0.15 <= together / len(population.children) <= 0.16


def test_most_who_came_with_others_came_in_twos_and_none_in_more_than_fives(population):
    sizes = Counter(map(len, groups_of(population)))
    assert 0.8 < sizes[2] / sum(sizes.values()) < 0.95
    assert set(sizes) <= {2, 3, 4, 5}


def test_who_came_together_was_released_on_one_day_to_one_sponsor(population):
    for group in groups_of(population):
        first = [child.placements[0] for child in group]
        assert len({(each.on, each.sponsor, each.relationship) for each in first}) == 1


def test_no_girl_is_her_sisters_namesake(population):
    for family in families_of(population):
        given = [child.name.given[0] for child in family]
        assert len(set(given)) == len(given)


def test_brothers_and_sisters_are_twins_or_eleven_months_apart(population):
    for family in families_of(population):
        for elder, younger in pairwise(family):
            twins = elder.twin and younger.twin and elder.born == younger.born
            assert twins or younger.born - elder.born >= LEAST_GAP


def test_there_are_twins(population):
    assert sum(child.twin for child in population.children) >= 10


def test_brothers_and_sisters_have_both_surnames_in_common(population):
    for family in families_of(population):
        assert len({(c.family.paternal, c.name.maternal) for c in family}) == 1


def test_some_brothers_and_sisters_come_on_another_day(population):
    assert any(len({child.crossed for child in family}) > 1 for family in families_of(population))


def test_a_mothers_surname_is_her_childrens_second(population):
    for child in population.children:
        first = child.placements[0]
        if first.relationship == "Mother" and child.name.maternal and not child.travel_group:
            assert first.sponsor.name.paternal == child.family.maternal


def test_nobody_is_released_before_birth_or_long_after_eighteen(population):
    ages = [(child.released - child.born) / YEAR for child in population.children]
    assert min(ages) > 0.1
    assert max(ages) < 18.01


def test_sponsors_are_adults(population):
    for child in population.children:
        for placement in child.placements:
            assert placement.sponsor is None or placement.on - placement.sponsor.born > 18 * YEAR


@pytest.mark.parametrize(
    ("youngest", "oldest", "share"),
    [(0, 6, 0.032), (6, 13, 0.106), (13, 15, 0.104), (15, 17, 0.371), (17, 18.1, 0.387)],
)
def test_ages_are_those_that_orr_reports(population, youngest, oldest, share):
    # Siblings are spaced around a drawn age, so the shares are near and not exact.
    ages = [(child.released - child.born) / YEAR for child in population.children]
    found = sum(youngest <= age < oldest for age in ages) / len(ages)
    assert abs(found - share) < 0.035


def test_countries_and_sexes_are_as_in_the_public_file(population):
    children = population.children
    countries = Counter(child.family.country for child in children)
    assert [name for name, _ in countries.most_common(2)] == ["Guatemala", "Honduras"]
    assert 0.40 < countries["Guatemala"] / len(children) < 0.54
    assert 0.61 < sum(child.sex == "M" for child in children) / len(children) < 0.68


def test_those_who_came_together_have_neighbouring_a_numbers(population):
    for group in groups_of(population):
        numbers = sorted(int(child.a_number[1:]) for child in group)
        assert numbers[-1] - numbers[0] == len(group) - 1
    assert len({child.a_number for child in population.children}) == len(population.children)


def test_three_sponsors_in_a_hundred_sponsor_again_later(population):
    days = defaultdict(set)
    for child in population.children:
        if child.placements[0].sponsor:
            days[child.placements[0].sponsor.id].add(child.released)
    assert 0.02 < sum(len(found) > 1 for found in days.values()) / len(days) < 0.045


def test_a_hub_has_five_to_twenty_five_children_at_one_address(population):
    hubs = defaultdict(list)
    for child in population.children:
        household = child.placements[0].household
        if household.hub:
            hubs[household.hub].append(child.home_on(child.released).address)
    assert hubs
    for addresses in hubs.values():
        assert 5 <= len(addresses) <= 29  # the last family to come may be one of five
        assert len(set(addresses)) == 1


def test_couples_share_a_phone_and_an_address(population):
    couples = [home for home in population.households if len(home.sponsors) > 1 and not home.hub]
    assert len(couples) > 20
    assert all(home.sponsors[0].phones[0] == home.sponsors[1].phones[0] for home in couples)


def test_some_children_are_released_again_to_another_sponsor(population):
    again = [child for child in population.children if len(child.placements) > 1]
    assert 0.01 < len(again) / len(population.children) < 0.04
    assert all(child.placements[0].sponsor is not child.placements[1].sponsor for child in again)


def test_households_move_between_fifteen_and_twenty_five_times_in_a_hundred_years(population):
    lived = sum(AS_OF - home.homes[0].since for home in population.households if not home.hub)
    moves = sum(len(home.homes) - 1 for home in population.households)
    assert 0.15 < moves / (lived / YEAR) < 0.25


def test_families_share_buildings_and_have_units_of_their_own(population):
    units = defaultdict(set)
    for household in population.households:
        for home in household.homes:
            if home.address.unit:
                units[home.address.line, home.address.zip].add(home.address.unit)
    assert sum(len(found) > 1 for found in units.values()) > 100


def test_names_are_many_enough_to_tell_people_apart(population):
    children = population.children
    assert len({child.name.paternal for child in children}) >= 800
    assert len({name for child in children for name in child.name.given}) >= 500
    full = Counter(
        (child.name.given, child.name.paternal, child.name.maternal) for child in children
    )
    assert full.most_common(1)[0][1] <= 3


@pytest.mark.parametrize(("country", "culture"), [("India", "INDIAN"), ("Haiti", "HAITIAN")])
def test_indian_and_haitian_children_are_named_as_such(population, country, culture):
    known = {*facts.other_names()[culture, "SURNAME"].things, "KAUR"}
    named = [c for c in population.children if c.family.country == country]
    assert named
    assert all(child.name.paternal in known and not child.name.maternal for child in named)


def test_guatemalans_bear_mayan_surnames_more_often_than_their_neighbours(population):
    mayan = {"CAAL", "CHOC", "CHUB", "XOL", "POP", "TIUL", "ICAL", "TZOC", "COC", "CUC"}

    def share(country):
        named = [c for c in population.children if c.family.country == country]
        return sum(bool({c.name.paternal, c.name.maternal} & mayan) for c in named) / len(named)

    assert share("Guatemala") > 10 * share("Honduras") + 0.05
