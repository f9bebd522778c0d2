// An investigator's morning: find a child, see who is around her, and hear when somebody says
// where one of them lives.
import { FindChildDocument, FollowNetworkDocument, HearOfAddressesDocument } from './gql/graphql';
import { RefusedError, type Sponsorgraph } from './sponsorgraph';

/** Children whom a scribble may mean, the best match first: a name, half a date, a city. */
export async function findChild(graph: Sponsorgraph, text: string) {
  const { findChildren } = await graph.ask(FindChildDocument, { text });
  return findChildren.edges.map(({ node }) => node);
}

/** Everybody and every address at most two ties from a sponsor, the nearest first. */
export async function followNetwork(graph: Sponsorgraph, sponsorId: string) {
  const { sponsorNetwork } = await graph.ask(FollowNetworkDocument, { sponsorId, depth: 2 });
  if (sponsorNetwork === null) throw new Error('There is no such sponsor.');
  return sponsorNetwork;
}

/** New reports of where these people live, without end; none is lost while the line is cut. */
export async function* hearOfAddresses(graph: Sponsorgraph, ids: readonly string[]) {
  let after: string | null = null;
  for (;;) {
    try {
      for await (const { addressReported } of graph.hear(HearOfAddressesDocument, { ids, after })) {
        after = addressReported.cursor;
        yield addressReported;
      }
    } catch (cut) {
      if (cut instanceof RefusedError) throw cut;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
