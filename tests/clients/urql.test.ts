// urql: typed documents, its document cache, its errors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { ChildByBothDocument, ChildrenByNameDocument } from './gql/graphql';
import { url } from './served';

const client = new Client({
  url,
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
});

test('it asks and gets, and the second time from its cache', async () => {
  const variables = { name: 'Reyes', first: 3 };
  const first = await client.query(ChildrenByNameDocument, variables).toPromise();
  assert.equal(first.error, undefined);
  assert.equal(first.data?.children.edges.length, 3);
  const again = await client.query(ChildrenByNameDocument, variables).toPromise();
  assert.equal(again.operation.context.meta?.cacheOutcome, 'hit');
  assert.deepEqual(again.data, first.data);
});

test('what is asked wrongly is an error of GraphQL with its code, not one of the network', async () => {
  const variables = { id: 'one', aNumber: 'A000000001' };
  const { error } = await client.query(ChildByBothDocument, variables).toPromise();
  assert.equal(error?.networkError, undefined);
  assert.equal(error?.graphQLErrors[0]?.extensions['code'], 'UNANSWERABLE');
});
