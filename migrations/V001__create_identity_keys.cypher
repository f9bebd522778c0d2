// What is one thing, and is looked up by its key. Community edition can promise no more than this;
// required fields and types are promised by what writes them.

CREATE CONSTRAINT one_child_an_id IF NOT EXISTS
FOR (n:Child) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_sponsor_an_id IF NOT EXISTS
FOR (n:Sponsor) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_address_an_id IF NOT EXISTS
FOR (n:Address) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_hearing_an_id IF NOT EXISTS
FOR (n:Hearing) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_child_biographics_an_id IF NOT EXISTS
FOR (n:ChildBiographics) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_sponsor_biographics_an_id IF NOT EXISTS
FOR (n:SponsorBiographics) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_record_a_version IF NOT EXISTS
FOR (n:Record) REQUIRE n.keyVersion IS UNIQUE;

CREATE CONSTRAINT one_delivery_an_id IF NOT EXISTS
FOR (n:Delivery) REQUIRE n.id IS UNIQUE;
