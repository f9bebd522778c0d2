// Apollo Client 4: its cache, its Relay paging, its errors.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { buildSchema, isAbstractType } from 'graphql';
import { createClient } from 'graphql-ws';
import { firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import {
  AnythingByIdDocument,
  ChildByBothDocument,
  ChildrenByNameDocument,
  HeardUpToDocument,
  NetworkDocument,
} from './gql/graphql';
import { connectionParams, headers, url, webSocketUrl } from './served';

const PAGE = 7;
const ALL = 16;

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((kind) => [kind.name, schema.getPossibleTypes(kind).map(({ name }) => name)]),
);

function aCache() {
  const fields = { children: relayStylePagination(['name']) };
  return new InMemoryCache({ possibleTypes, typePolicies: { Query: { fields } } });
}

function aClient() {
  const cache = aCache();
  return new ApolloClient({ link: new HttpLink({ uri: url, headers }), cache });
}

async function theFirstPage(client: ApolloClient) {
  const variables = { name: 'Reyes', first: PAGE };
  const { data } = await client.query({ query: ChildrenByNameDocument, variables });
  assert.ok(data);
  return { variables, page: data.children };
}

test('a thing is kept once, under its type and id', async () => {
  const client = aClient();
  const { page } = await theFirstPage(client);
  assert.equal(page.edges.length, PAGE);
  const kept = Object.keys(client.cache.extract() as object);
  for (const { node } of page.edges) {
    assert.equal(client.cache.identify({ ...node }), `Child:${node.id}`);
    assert.ok(kept.includes(`Child:${node.id}`));
  }
});

test('pages read forward become one list', async () => {
  const client = aClient();
  const { variables } = await theFirstPage(client);
  const watched = client.watchQuery({ query: ChildrenByNameDocument, variables });
  const listening = watched.subscribe(() => undefined);
  const seen = () => client.readQuery({ query: ChildrenByNameDocument, variables })!.children;
  while (seen().pageInfo.hasNextPage) {
    await watched.fetchMore({ variables: { after: seen().pageInfo.endCursor } });
  }
  listening.unsubscribe();
  const ids = seen().edges.map(({ node }) => node.id);
  assert.equal(ids.length, ALL);
  assert.equal(new Set(ids).size, ALL);
});

test('pages read backward become the same list', async () => {
  const client = aClient();
  const query = ChildrenByNameDocument;
  const variables = { name: 'Reyes', last: PAGE };
  await client.query({ query, variables });
  const watched = client.watchQuery({ query, variables });
  const listening = watched.subscribe(() => undefined);
  const seen = () => client.readQuery({ query, variables })!.children;
  while (seen().pageInfo.hasPreviousPage) {
    await watched.fetchMore({ variables: { before: seen().pageInfo.startCursor } });
  }
  listening.unsubscribe();
  const whole = { name: 'Reyes', first: 100 };
  const { data } = await aClient().query({ query, variables: whole });
  assert.deepEqual(
    seen().edges.map(({ node }) => node.id),
    data?.children.edges.map(({ node }) => node.id),
  );
});

test('anything is fetched again by its id', async () => {
  const client = aClient();
  const { page } = await theFirstPage(client);
  const { id } = page.edges[0]!.node;
  const { data } = await client.query({ query: AnythingByIdDocument, variables: { id } });
  assert.deepEqual(data?.node, page.edges[0]!.node);
});

test('an id of nobody is null and no error', async () => {
  const variables = { id: 'nobody' };
  const { data, error } = await aClient().query({ query: AnythingByIdDocument, variables });
  assert.equal(data?.node, null);
  assert.equal(error, undefined);
});

test('what is asked wrongly is an error of GraphQL with its code, not one of the network', async () => {
  const client = aClient();
  const variables = { id: 'one', aNumber: 'A000000001' };
  const asked = { query: ChildByBothDocument, variables, errorPolicy: 'all' } as const;
  const { error } = await client.query(asked);
  assert.ok(CombinedGraphQLErrors.is(error), String(error));
  assert.equal(error.errors[0]?.extensions?.['code'], 'UNANSWERABLE');
  assert.deepEqual(error.errors[0]?.path, ['child']);
});

test('a document that does not fit the schema is an error of GraphQL, too', async () => {
  const query = gql`{ nothing }`;
  const { error } = await aClient().query({ query, errorPolicy: 'all' });
  assert.ok(CombinedGraphQLErrors.is(error), String(error));
});

test('a document goes by its hash, and by its text where the hash is not known', async () => {
  const sent: string[] = [];
  const http = new HttpLink({
    uri: url,
    headers,
    fetch: async (where, request) => {
      sent.push(String(request?.body));
      return fetch(where, request);
    },
  });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const link = new PersistedQueryLink({ sha256 }).concat(http);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const { data } = await client.query({ query: AnythingByIdDocument, variables: { id: 'nobody' } });
  assert.deepEqual(data, { node: null });
  assert.deepEqual(sent.map((body) => 'query' in JSON.parse(body)), [false, true]);
});

test('what is asked of an interface is kept with the thing itself', async () => {
  const client = aClient();
  const variables = { name: 'Cesar Ricardo Martinez' };
  const { data } = await client.query({ query: NetworkDocument, variables });
  const round = data?.sponsors.edges[0]?.node.network.nodes.slice(1) ?? [];
  const kept = Object.keys(client.cache.extract() as object);
  assert.ok(round.length >= 2);
  for (const { node } of round) assert.ok(kept.includes(client.cache.identify({ ...node })!));
});

test('a subscription is told over a link of its own', async () => {
  const socket = createClient({ url: webSocketUrl, connectionParams, webSocketImpl: WebSocket });
  const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: aCache() });
  const { data: told } = await firstValueFrom(client.subscribe({ query: HeardUpToDocument }));
  assert.equal(told?.addressReported.__typename, 'HeardUpTo');
  await socket.dispose();
});
