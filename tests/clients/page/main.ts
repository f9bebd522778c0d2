// The page itself. What was found goes into it as text, never as HTML.
import { findChild, followNetwork, hearOfAddresses } from './following';
import { Sponsorgraph } from './sponsorgraph';

type Match = Awaited<ReturnType<typeof findChild>>[number];
type Anybody = Awaited<ReturnType<typeof followNetwork>>['nodes'][number]['node'];

const url = new URLSearchParams(location.search).get('graph') ?? '/graphql';
// Your sign-in's library has the token. This page is handed it behind the #, which no server sees.
const token = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
const signIn = { token, purpose: 'CHILD_SAFETY', basis: '6 U.S.C. 279(b)' };
const graph = new Sponsorgraph(new URL(url, location.href).href, signIn);

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = String(new FormData(event.target as HTMLFormElement).get('text'));
  findChild(graph, text).then(showMatches).catch(showError);
});

function showMatches(matches: readonly Match[]) {
  element('#children').replaceChildren();
  for (const { child, reasons } of matches) {
    const chosen = document.createElement('button');
    chosen.textContent = `${child.fullName ?? 'No name'}, born ${child.dateOfBirth ?? 'unknown'}`;
    chosen.title = reasons.map(({ part, found }) => `${part}: ${found ?? ''}`).join('\n');
    chosen.addEventListener('click', () => follow(child).catch(showError));
    add('#children', chosen);
  }
  say(`${matches.length} found`);
}

async function follow({ sponsor }: Match['child']) {
  if (sponsor === null) return say('No sponsor of hers is known.');
  const { nodes, cut } = await followNetwork(graph, sponsor.id);
  element('#network').replaceChildren();
  for (const { distance, node } of nodes) add('#network', `${'– '.repeat(distance)}${called(node)}`);
  if (cut > 0) add('#network', `and ${cut} more`);

  const people = nodes.filter(({ node }) => node.__typename !== 'Address').map(({ node }) => node.id);
  for await (const news of hearOfAddresses(graph, people)) {
    if (news.__typename === 'AddressReported') {
      const { agency, reportedOn } = news.report;
      add('#news', `${reportedOn}, ${agency}: ${news.address.line1 ?? ''} ${news.address.unit ?? ''}`);
    }
    say(news.__typename === 'EventsOmitted' ? news.message : 'Up to date');
  }
}

function called(anybody: Anybody): string {
  switch (anybody.__typename) {
    case 'Child':
    case 'Sponsor':
      return anybody.fullName ?? 'No name';
    case 'Address':
      return [anybody.line1, anybody.unit, anybody.city].filter(Boolean).join(' ');
    default:
      return anybody.__typename;
  }
}

function showError(error: unknown) {
  say(error instanceof Error ? error.message : 'Something went wrong.');
}

function say(status: string) {
  element('#status').textContent = status;
}

function add(list: string, what: string | Element) {
  const item = document.createElement('li');
  item.append(what);
  element(list).append(item);
}

function element(selector: string): Element {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}
