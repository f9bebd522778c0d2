// What a person says of a hearing, or of why a child has no notice, has a key of its sender's: sent
// twice, it is recorded once.

CREATE CONSTRAINT one_appearance_entry_an_id IF NOT EXISTS
FOR (n:AppearanceEntry) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_appearance_entry_a_key IF NOT EXISTS
FOR (n:AppearanceEntry) REQUIRE n.key IS UNIQUE;

CREATE CONSTRAINT one_notice_word_an_id IF NOT EXISTS
FOR (n:NoticeWord) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT one_notice_word_a_key IF NOT EXISTS
FOR (n:NoticeWord) REQUIRE n.key IS UNIQUE;

CALL db.awaitIndexes(3600);
