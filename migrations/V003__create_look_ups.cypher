// How questions find their first node, and how a run finds the fact that it closes.

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

// Not unique: a fact that ceased to hold and holds again comes back under its id.
CREATE INDEX lives_at_by_id IF NOT EXISTS
FOR ()-[r:LIVES_AT]-() ON (r.id);

CREATE INDEX released_to_by_id IF NOT EXISTS
FOR ()-[r:RELEASED_TO]-() ON (r.id);

CREATE INDEX reports_by_id IF NOT EXISTS
FOR ()-[r:REPORTS]-() ON (r.id);
