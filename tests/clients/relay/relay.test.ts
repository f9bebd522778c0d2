// Relay: what its compiler made of our schema, run by its own store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, type Sink } from 'graphql-ws';
import relay, {
  type ConcreteRequest,
  type FetchFunction,
  type ReaderFragment,
  type SubscribeFunction,
  type Variables,
} from 'relay-runtime';
import { WebSocket } from 'ws';
import { connectionParams, headers as signedIn, url, webSocketUrl } from '../served';
import BackwardPage from './__generated__/ChildrenBackwardPageQuery.graphql';
import Backward from './__generated__/ChildrenBackwardQuery.graphql';
import Heard, {
  type ChildrenHeardSubscription,
  type ChildrenHeardSubscription$data,
} from './__generated__/ChildrenHeardSubscription.graphql';
import ForwardPage from './__generated__/ChildrenForwardPageQuery.graphql';
import Forward from './__generated__/ChildrenForwardQuery.graphql';
import HearingsPage from './__generated__/ChildrenHearingsPageQuery.graphql';
import backwardFragment, { type Children_backward$data } from './__generated__/Children_backward.graphql';
import childFragment, { type Children_child$data } from './__generated__/Children_child.graphql';
import forwardFragment, { type Children_forward$data } from './__generated__/Children_forward.graphql';

const ALL = 16;
const PAGE = 7;
const NAME = { name: 'Reyes' };

function anEnvironment() {
  const ask: FetchFunction = async ({ text }, variables) => {
    const headers = { ...signedIn, 'content-type': 'application/json' };
    const body = JSON.stringify({ query: text, variables });
    return (await fetch(url, { method: 'POST', headers, body })).json();
  };
  const socket = createClient({ url: webSocketUrl, connectionParams, webSocketImpl: WebSocket });
  const hear: SubscribeFunction = ({ text }, variables) =>
    relay.Observable.create((sink) =>
      socket.subscribe({ query: text ?? '', variables }, sink as Sink<never>),
    );
  const network = relay.Network.create(ask, hear);
  const store = new relay.Store(new relay.RecordSource());
  return new relay.Environment({ network, store });
}

type Environment = ReturnType<typeof anEnvironment>;

/** Asks, and gives what the store has then for the fragment that the question spreads. */
async function asked<Data>(
  environment: Environment,
  question: ConcreteRequest,
  variables: Variables,
  fragment: ReaderFragment,
): Promise<() => Data> {
  const operation = relay.createOperationDescriptor(question, variables);
  environment.retain(operation);
  await relay.fetchQuery(environment, question, variables).toPromise();
  return () => read(environment, fragment, environment.lookup(operation.fragment).data);
}

function read<Data>(environment: Environment, fragment: ReaderFragment, spread: unknown): Data {
  const selector = relay.getSingularSelector(fragment, spread);
  assert.ok(selector);
  return environment.lookup(selector).data as unknown as Data;
}

test('pages read forward become one list in the store', async () => {
  const environment = anEnvironment();
  const list = await asked<Children_forward$data>(environment, Forward, NAME, forwardFragment);
  assert.equal(list().children.edges.length, PAGE);
  while (list().children.pageInfo.hasNextPage) {
    const more = { ...NAME, first: PAGE, after: list().children.pageInfo.endCursor };
    await relay.fetchQuery(environment, ForwardPage, more).toPromise();
  }
  const ids = list().children.edges.map(({ node }) => node.id);
  assert.equal(ids.length, ALL);
  assert.equal(new Set(ids).size, ALL);
});

test('pages read backward become the same list', async () => {
  const environment = anEnvironment();
  const list = await asked<Children_backward$data>(environment, Backward, NAME, backwardFragment);
  while (list().children.pageInfo.hasPreviousPage) {
    const more = { ...NAME, last: PAGE, before: list().children.pageInfo.startCursor };
    await relay.fetchQuery(environment, BackwardPage, more).toPromise();
  }
  const whole = { ...NAME, first: 100 };
  const other = anEnvironment();
  const all = await asked<Children_forward$data>(other, ForwardPage, whole, forwardFragment);
  assert.deepEqual(
    list().children.edges.map(({ node }) => node.id),
    all().children.edges.map(({ node }) => node.id),
  );
});

test('the next page of one child is asked by her id alone', async () => {
  const environment = anEnvironment();
  const name = { name: 'Natividad Alberto Martinez' };
  const list = await asked<Children_forward$data>(environment, Forward, name, forwardFragment);
  const spread = list().children.edges[0]!.node;
  const child = () => read<Children_child$data>(environment, childFragment, spread);
  assert.equal(child().hearings.edges.length, 2);
  const more = { id: spread.id, first: 2, after: child().hearings.pageInfo.endCursor };
  await relay.fetchQuery(environment, HearingsPage, more).toPromise();
  assert.equal(child().hearings.edges.length, 3);
  assert.equal(child().hearings.pageInfo.hasNextPage, false);
});

test('a subscription is told to the store', async () => {
  const told = await new Promise<ChildrenHeardSubscription$data | null | undefined>((next, onError) => {
    const listening = relay.requestSubscription<ChildrenHeardSubscription>(anEnvironment(), {
      subscription: Heard,
      variables: {},
      onError,
      onNext: (data) => {
        next(data);
        setTimeout(() => listening.dispose());
      },
    });
  });
  assert.equal(told?.addressReported.__typename, 'HeardUpTo');
});
