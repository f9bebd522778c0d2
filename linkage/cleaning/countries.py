"""One code for a country, whichever agency wrote it.

EOIR has codes of its own, and they contradict ISO: its `ES` is El Salvador, ISO's is Spain.
EOIR's codes: tblLookupAlienNat (public EOIR FOIA release). Countries not listed here keep their
folded name as code, which still compares equal to itself.
"""

from duckdb import DuckDBPyConnection

# ISO 3166 alpha-2, alpha-3, EOIR's code, names in use
COUNTRIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("GT", "GTM", "GT", ("GUATEMALA", "GUA", "GUATE")),
    ("HN", "HND", "HO", ("HONDURAS", "HON", "HOND")),
    ("SV", "SLV", "ES", ("EL SALVADOR", "SALVADOR", "ELS", "EL SAL", "SAL")),
    ("MX", "MEX", "MX", ("MEXICO",)),
    ("NI", "NIC", "NU", ("NICARAGUA",)),
    ("EC", "ECU", "EC", ("ECUADOR",)),
    ("IN", "IND", "IN", ("INDIA",)),
    ("HT", "HTI", "HA", ("HAITI",)),
    ("BR", "BRA", "BR", ("BRAZIL", "BRASIL")),
    ("CL", "CHL", "CI", ("CHILE",)),
    ("CO", "COL", "CO", ("COLOMBIA",)),
    ("CR", "CRI", "CS", ("COSTA RICA",)),
    ("CU", "CUB", "CU", ("CUBA",)),
    ("DO", "DOM", "DR", ("DOMINICAN REPUBLIC", "REPUBLICA DOMINICANA")),
    ("VE", "VEN", "VE", ("VENEZUELA",)),
    ("PE", "PER", "PE", ("PERU",)),
    ("BO", "BOL", "BL", ("BOLIVIA",)),
    ("PA", "PAN", "PM", ("PANAMA",)),
    ("BZ", "BLZ", "BH", ("BELIZE",)),
    ("AR", "ARG", "AR", ("ARGENTINA",)),
    ("PY", "PRY", "PA", ("PARAGUAY",)),
    ("UY", "URY", "UY", ("URUGUAY",)),
    ("CN", "CHN", "CH", ("CHINA", "CHINA PEOPLES REPUBLIC OF", "PEOPLES REPUBLIC OF CHINA")),
    ("RO", "ROU", "RO", ("ROMANIA",)),
    ("BD", "BGD", "BG", ("BANGLADESH",)),
    ("NP", "NPL", "NP", ("NEPAL",)),
    ("PK", "PAK", "PK", ("PAKISTAN",)),
    ("LK", "LKA", "CE", ("SRI LANKA",)),
    ("VN", "VNM", "VM", ("VIETNAM", "VIET NAM")),
    ("AF", "AFG", "AF", ("AFGHANISTAN",)),
    ("UA", "UKR", "UE", ("UKRAINE",)),
    ("RU", "RUS", "RU", ("RUSSIA", "RUSSIAN FEDERATION")),
    ("TR", "TUR", "TU", ("TURKEY", "TURKIYE")),
    ("AL", "ALB", "AL", ("ALBANIA",)),
    ("JM", "JAM", "JM", ("JAMAICA",)),
    ("BS", "BHS", "BF", ("BAHAMAS",)),
    ("AO", "AGO", "AO", ("ANGOLA",)),
    ("CM", "CMR", "CN", ("CAMEROON",)),
    ("CD", "COD", "DC", ("DEMOCRATIC REPUBLIC OF CONGO",)),
    ("GN", "GIN", "GV", ("GUINEA",)),
    ("ER", "ERI", "EO", ("ERITREA",)),
    ("SO", "SOM", "SO", ("SOMALIA",)),
    ("US", "USA", "US", ("UNITED STATES", "UNITED STATES OF AMERICA")),
)

_KNOWN_AS = """
CREATE OR REPLACE TEMP TABLE country_names AS
    SELECT unnest($names) AS name, unnest($codes) AS code, unnest($eoir) AS eoir
"""


def define_countries(connection: DuckDBPyConnection) -> None:
    """Make `country_names(name, code, eoir)`: how each country is written, by EOIR and the rest."""
    rows: list[tuple[str, str, bool]] = []
    for alpha2, alpha3, eoir, names in COUNTRIES:
        rows.append((eoir, alpha2, True))
        rows.extend((name, alpha2, False) for name in (alpha2, alpha3, *names))
        # A field office types EOIR's code too; take it where ISO has no other use for it here.
        if not any(eoir in (a2, a3) for a2, a3, _, _ in COUNTRIES) and eoir not in names:
            rows.append((eoir, alpha2, False))
    connection.execute(
        _KNOWN_AS,
        {
            "names": [row[0] for row in rows],
            "codes": [row[1] for row in rows],
            "eoir": [row[2] for row in rows],
        },
    )
