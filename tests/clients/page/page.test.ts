// The page's own three steps, as Node takes them; the tests bring news when they read a line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { ChildByBothDocument } from '../gql/graphql';
import { signIn, url } from '../served';
import { findChild, followNetwork, hearOfAddresses } from './following';
import { RefusedError, Sponsorgraph } from './sponsorgraph';

const opened: WebSocket[] = [];

class Watched extends WebSocket {
  constructor(address: string, protocols: string) {
    super(address, protocols);
    opened.push(this);
  }
}

test('a child is found, her sponsor followed, and nothing missed when the line is cut', { timeout: 60_000 }, async () => {
  const graph = new Sponsorgraph(url, signIn, Watched);
  const [match] = await findChild(graph, 'Natividad Alverto Martines 2009 Gaithersburg');
  const child = match?.child;
  assert.equal(child?.fullName, 'Natividad Alberto Martinez Diaz');
  assert.deepEqual(match?.reasons.map(({ part }) => part), ['NAME', 'BORN', 'CITY']);
  assert.ok(child.sponsor);

  const { nodes, edges, cut } = await followNetwork(graph, child.sponsor.id);
  const names = nodes.flatMap(({ node }) => ('fullName' in node ? [node.fullName] : []));
  assert.ok(names.includes('Elena Martinez Diaz'));
  assert.ok(nodes.some(({ node }) => node.__typename === 'Address' && node.unit === '5A'));
  assert.ok(edges.every(({ from, to }) => from.id !== to.id));
  assert.equal(cut, 0);

  const heard: (string | null)[] = [];
  for await (const news of hearOfAddresses(graph, [child.id])) {
    if (news.__typename === 'AddressReported') {
      heard.push(news.address.line1);
      if (heard.length === 1) {
        opened.at(-1)?.terminate();
        console.log('cut');
      }
    } else if (heard.length === 0) {
      console.log('listening');
    }
    if (heard.length === 2) break;
  }
  assert.deepEqual(heard, ['1 First St', '2 Second St']);
  assert.equal(opened.length, 2);
  opened.at(-1)?.close();
});

test('what the server will not tell is said, and not asked again', { timeout: 20_000 }, async () => {
  const graph = new Sponsorgraph(url, signIn, Watched);
  const listening = async () => {
    for await (const _ of hearOfAddresses(graph, [])) continue;
  };
  await assert.rejects(listening, (failed) => failed instanceof RefusedError && /100/.test(failed.message));
  opened.at(-1)?.close();
});

test('a token that is no longer good is said, over HTTP and on the socket', { timeout: 20_000 }, async () => {
  const graph = new Sponsorgraph(url, { ...signIn, token: () => 'none' }, Watched);
  await assert.rejects(findChild(graph, 'Natividad'), /not a signed token/);
  const listening = async () => {
    for await (const _ of hearOfAddresses(graph, [])) continue;
  };
  await assert.rejects(listening, (failed) => failed instanceof RefusedError && /token/.test(failed.message));
});

test('a question asked wrongly throws what the server says about it', async () => {
  const graph = new Sponsorgraph(url, signIn, Watched);
  await assert.rejects(graph.ask(ChildByBothDocument, { id: 'one', aNumber: 'A000000001' }), /one of/);
});
