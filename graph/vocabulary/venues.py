"""Which immigration courts are near a state: base city codes of EOIR's public lookup tables.

Of each ICE area of responsibility the nearest courts, as of 2024. A court may hear others as well,
so what is not here is worth a look and no error; of a state that is not here nothing is said.
"""

from typing import Final

COURTS_OF_STATE: Final[dict[str, tuple[str, ...]]] = {
    state: tuple(courts.split())
    for state, courts in {
        "AK": "SEA", "AL": "ATL", "AR": "MEM", "AZ": "PHO", "CA": "LOS SFR SND", "CO": "DEN",
        "CT": "HAR", "DC": "WAS", "DE": "PHI", "FL": "MIA", "GA": "ATL", "HI": "SFR", "IA": "OMA",
        "ID": "SLC", "IL": "CHI", "IN": "CHI", "KS": "KAN", "KY": "LOU", "LA": "NOL", "MA": "BOS",
        "MD": "BAL", "ME": "BOS", "MI": "DET", "MN": "BLM", "MO": "KAN", "MS": "NOL", "MT": "SLC",
        "NC": "CHL", "ND": "BLM", "NE": "OMA", "NH": "BOS", "NJ": "NEW", "NM": "ELP", "NV": "LVG",
        "NY": "BUF NYC", "OH": "CLE", "OK": "DAL", "OR": "POO", "PA": "PHI", "RI": "BOS",
        "SC": "CHL", "SD": "BLM", "TN": "MEM", "TX": "DAL ELP HLG HOU SNA", "UT": "SLC",
        "VA": "WAS", "VT": "BOS", "WA": "SEA", "WI": "CHI", "WV": "PHI", "WY": "DEN",
    }.items()
}  # fmt: skip
