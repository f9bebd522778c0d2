// What explains a link, what became of an identity, and what people said of two records. A
// judgement's keys are its client's: sent twice, it is recorded once.

CREATE CONSTRAINT one_linkage_model_an_id IF NOT EXISTS
FOR (n:LinkageModel) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_link_evidence_an_id IF NOT EXISTS
FOR (n:LinkEvidence) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_identity_event_an_id IF NOT EXISTS
FOR (n:IdentityEvent) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_judgement_an_id IF NOT EXISTS
FOR (n:Judgement) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_judgement_a_key IF NOT EXISTS
FOR (n:Judgement) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_retraction_a_key IF NOT EXISTS
FOR (n:Judgement) REQUIRE n.retractKey IS UNIQUE;
