// graphql-ws, whose protocol it is: questions and subscriptions over one socket.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { connectionParams, webSocketUrl } from './served';

const client = createClient({ url: webSocketUrl, connectionParams, webSocketImpl: WebSocket, lazy: false });
after(() => client.dispose());

const MARKS = 'subscription { addressReported(marks: true) { __typename ... on Event { cursor } } }';

test('a question is answered over the socket, and that is all', async () => {
  const answers = client.iterate({ query: '{ viewer { name } }' });
  const told = [];
  for await (const answer of answers) told.push(answer);
  assert.deepEqual(told.map(({ data }) => data), [{ viewer: { name: 'tests/tester' } }]);
});

test('a subscription is told how far it has heard, and ends when its client is content', async () => {
  for await (const { data } of client.iterate<{ addressReported: { cursor: string } }>({ query: MARKS })) {
    assert.ok(data?.addressReported.cursor);
    break;
  }
});

test('several are told over one socket', async () => {
  const first = async () => (await client.iterate({ query: MARKS }).next()).value;
  for (const told of await Promise.all([first(), first(), first()])) assert.ok(told.data);
});

test('what does not fit the schema ends that operation alone, with its errors', async () => {
  const wrong = client.iterate({ query: 'subscription { nothing }' });
  await assert.rejects(wrong.next(), (errors) => Array.isArray(errors) && 'message' in errors[0]);
  const { value } = await client.iterate({ query: '{ viewer { name } }' }).next();
  assert.ok(value.data);
});
