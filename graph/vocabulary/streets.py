"""A street line in normal form: USPS abbreviations (Publication 28), and Spanish words for a unit.

Linkage reads millions of lines by these tables in SQL (`linkage.places.words`), and what somebody
says today is read by them in Python (`graph.vocabulary.doors`).
"""

SUFFIXES = {
    "ALLEY": "ALY", "ALLY": "ALY", "AVENUE": "AVE", "AV": "AVE", "AVEN": "AVE", "AVENIDA": "AVE",
    "BOULEVARD": "BLVD", "BOUL": "BLVD", "CIRCLE": "CIR", "CIRC": "CIR", "COURT": "CT",
    "CRT": "CT", "COVE": "CV", "CREEK": "CRK", "CROSSING": "XING", "CRESCENT": "CRES",
    "DRIVE": "DR", "DRV": "DR", "EXPRESSWAY": "EXPY", "FREEWAY": "FWY", "HEIGHTS": "HTS",
    "HIGHWAY": "HWY", "HIWAY": "HWY", "HILL": "HL", "HOLLOW": "HOLW", "LANDING": "LNDG",
    "LANE": "LN", "LOOP": "LOOP", "MEADOWS": "MDWS", "MOUNT": "MT", "PARKWAY": "PKWY",
    "PKY": "PKWY", "PLACE": "PL", "PLAZA": "PLZ", "POINT": "PT", "RIDGE": "RDG", "ROAD": "RD",
    "ROUTE": "RTE", "SQUARE": "SQ", "STREET": "ST", "STR": "ST", "STRT": "ST", "CALLE": "ST",
    "TERRACE": "TER", "TERR": "TER", "TRAIL": "TRL", "TRL": "TRL", "TURNPIKE": "TPKE",
    "VALLEY": "VLY", "VIEW": "VW", "WALK": "WALK", "WAY": "WAY", "BEND": "BND", "BRANCH": "BR",
    "CENTER": "CTR", "GLEN": "GLN", "GROVE": "GRV", "PASS": "PASS", "PATH": "PATH", "RUN": "RUN",
}  # fmt: skip
DIRECTIONS = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "NORTE": "N", "SUR": "S", "ESTE": "E",
    "OESTE": "W", "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
}  # fmt: skip
ORDINALS = {
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH",
    "SIXTH": "6TH", "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
UNIT_WORDS = (
    "APARTMENT", "APARTAMENTO", "APARTMENTO", "APTO", "APMT", "APT", "AP", "DEPTO", "DEPT",
    "DEPARTAMENTO", "UNIT", "UNIDAD", "UNT", "SUITE", "STE", "SPACE", "SPC", "LOTE", "LOT",
    "TRAILER", "TRLR", "ROOM", "RM", "FLOOR", "FLR", "FL", "PISO", "BLDG", "NUMERO", "NUM", "NO",
)  # fmt: skip

CANONICAL = {**SUFFIXES, **DIRECTIONS, **ORDINALS}
ENDINGS = "|".join(sorted(set(SUFFIXES.values()) | {"BROADWAY"}))
UNITS = "|".join(UNIT_WORDS)
