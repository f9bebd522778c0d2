// node server.js; the statements of the path and of names come in $PATH_STATEMENT and
// $NAMES_STATEMENT, for all contestants ask the same.
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PATH_STATEMENT, NAMES_STATEMENT, PORT } = process.env;

const typeDefs = `#graphql
type Child @node {
  id: ID!
  biographics: [ChildBiographics!]! @relationship(type: "HAS_BIOGRAPHICS", direction: OUT)
  livesAt: [Address!]! @relationship(type: "LIVES_AT", direction: OUT, properties: "Stay")
  releasedTo: [Sponsor!]! @relationship(type: "RELEASED_TO", direction: OUT, properties: "Release")
  hearings: [Hearing!]! @relationship(type: "HAS_HEARING", direction: OUT)
}
type ChildBiographics @node @plural(value: "childBiographics") {
  aNumber: String
  givenNames: String
  familyName: String
  dateOfBirth: Date
  child: [Child!]! @relationship(type: "HAS_BIOGRAPHICS", direction: IN)
}
type Sponsor @node {
  id: ID!
  biographics: [SponsorBiographics!]! @relationship(type: "HAS_BIOGRAPHICS", direction: OUT)
  livesAt: [Address!]! @relationship(type: "LIVES_AT", direction: OUT, properties: "Stay")
  children: [Child!]! @relationship(type: "RELEASED_TO", direction: IN, properties: "Release")
}
type SponsorBiographics @node @plural(value: "sponsorBiographics") {
  givenNames: String
  familyName: String
}
type Address @node { id: ID! line1: String unit: String city: String state: String zip: String }
type Hearing @node {
  id: ID!
  date: Date!
  court: String!
  child: [Child!]! @relationship(type: "HAS_HEARING", direction: IN)
}
type Stay @relationshipProperties { kind: String! reportedOn: Date }
type Release @relationshipProperties { releasedOn: Date }
type Step { from: ID! to: ID! kind: String! }
type Query {
  path(from: ID!, to: ID!): [Step!]! @cypher(statement: """${PATH_STATEMENT}""", columnName: "step")
  childrenByName(lucene: String!): [ChildBiographics!]!
    @cypher(statement: """${NAMES_STATEMENT}""", columnName: "b")
}`;

const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const context = () => ({ sessionConfig: { database: "neo4j" } });
createServer(createYoga({ schema, context, logging: false })).listen(Number(PORT), "127.0.0.1");
