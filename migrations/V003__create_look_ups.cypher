// How questions find their first node. A run finds the fact that it closes from the fact's start:
// an index over every fact's id would cost each write a tenth.

CREATE INDEX child_biographics_by_a_number IF NOT EXISTS
FOR (n:ChildBiographics) ON (n.aNumber);

// In this order, so that a court's hearings come sorted from the index.
CREATE INDEX hearings_by_court_and_day IF NOT EXISTS
FOR (n:Hearing) ON (n.court, n.date, n.id);

CREATE INDEX public_releases_by_year_and_state IF NOT EXISTS
FOR (n:PublicRelease) ON (n.fiscalYear, n.state);

// The street line without its unit: all flats of a building.
CREATE INDEX addresses_by_building IF NOT EXISTS
FOR (n:Address) ON (n.building);
