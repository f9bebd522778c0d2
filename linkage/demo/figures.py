"""The printed figures, and what they come to in a smaller world."""

from collections.abc import Mapping
from dataclasses import dataclass

# S: children transferred to ORR, by fiscal year of transfer (OIG management alert, Table 1).
TRANSFERRED = {2019: 67_987, 2020: 15_128, 2021: 120_859, 2022: 127_057, 2023: 117_789}
CHILDREN = sum(TRANSFERRED.values())

IN_ABSENTIA = 32_000  # S: in-absentia final orders, FY2019-2023, as of June 2024 (DOJ's basis)
PLANET_ABSENCES = 28_000  # S: absences noted in PLANet, whose window is 8 months longer
# A: absences even over 68 months put 8/68 of them in the extra months.
PLANET_EXTRA_MONTHS = 28_000 * 8 // 68
PLANET_WITHOUT_ORDER = 1_100  # A: noted in PLANet inside the common window, but no order followed
WITHOUT_NTA = 291_000  # S: no Notice to Appear, May 2024
WITHOUT_NTA_CROSSED_2021 = 90_000  # S: of these, crossed in 2021; read as the calendar year
OFFICE_CHILDREN = 41_638  # S: one unnamed office's children ...
OFFICE_WITHOUT_NTA = 34_823  # S: ... of whom without an NTA
# A: the report does not name the office. This one's true share of releases is nearest.
THE_OFFICE = "Atlanta"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many children of each kind a world holds; every field counts distinct children."""

    children: int
    transferred: dict[int, int]
    in_absentia: int
    planet_absences: int
    planet_extra_months: int
    planet_without_order: int
    without_nta: int
    without_nta_crossed_2021: int
    office_children: int
    office_without_nta: int


def figures_for(children: int) -> Figures:
    """The printed figures at `children` / 448,820, exact at full size."""
    return Figures(
        children=children,
        transferred=apportion(children, TRANSFERRED),
        in_absentia=scaled(IN_ABSENTIA, children),
        planet_absences=scaled(PLANET_ABSENCES, children),
        planet_extra_months=scaled(PLANET_EXTRA_MONTHS, children),
        planet_without_order=scaled(PLANET_WITHOUT_ORDER, children),
        without_nta=scaled(WITHOUT_NTA, children),
        without_nta_crossed_2021=scaled(WITHOUT_NTA_CROSSED_2021, children),
        office_children=scaled(OFFICE_CHILDREN, children),
        office_without_nta=scaled(OFFICE_WITHOUT_NTA, children),
    )


def scaled(printed: int, children: int) -> int:
    """A printed figure in a world of `children`, to the nearest whole child."""
    return (2 * printed * children + CHILDREN) // (2 * CHILDREN)


def apportion(seats: int, weights: Mapping[int, int]) -> dict[int, int]:
    """`seats` shared out by weight, the largest remainders first, so that the sum is exact."""
    total = sum(weights.values())
    shares = {key: seats * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(seats * weights[key] % total), key))
    for key in by_remainder[: seats - sum(shares.values())]:
        shares[key] += 1
    return shares
