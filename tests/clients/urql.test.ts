// urql: typed documents, its document cache, its errors.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient, type Sink } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ChildByBothDocument, ChildrenByNameDocument, HeardUpToDocument } from './gql/graphql';
import { connectionParams, headers, url, webSocketUrl } from './served';

const socket = createClient({ url: webSocketUrl, connectionParams, webSocketImpl: WebSocket });
after(() => socket.dispose());

const client = new Client({
  url,
  exchanges: [
    cacheExchange,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => {
          const asked = { query: query ?? '', variables: variables ?? {} };
          // The two libraries differ on whether what is left out may be `undefined`, and no more.
          return { unsubscribe: socket.subscribe(asked, sink as Sink) };
        },
      }),
    }),
  ],
  fetchOptions: { headers },
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

test('a subscription is told over its exchange', async () => {
  const told = await new Promise<string | undefined>((resolve) => {
    const listening = client.subscription(HeardUpToDocument, {}).subscribe(({ data, error }) => {
      resolve(data?.addressReported.__typename ?? error?.message);
      listening.unsubscribe();
    });
  });
  assert.equal(told, 'HeardUpTo');
});
