// Where the tests serve the API, and who asks it.
import type { SignIn } from './page/sponsorgraph';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The tests set ${name}.`);
  return value;
}

export const url = `${given('SPONSORGRAPH_ADDRESS')}/graphql`;
export const webSocketUrl = url.replace(/^http/, 'ws');

const token = given('SPONSORGRAPH_TOKEN');
export const signIn: SignIn = { token: () => token, purpose: 'CHILD_SAFETY', basis: '6 U.S.C. 279(b)' };

/** What each request over HTTP is sent with. */
export const headers = {
  Authorization: `Bearer ${token}`,
  'Sponsorgraph-Purpose': signIn.purpose,
  'Sponsorgraph-Basis': signIn.basis,
};

/** What a socket's first message says. */
export const connectionParams = { authorization: `Bearer ${token}`, purpose: signIn.purpose, basis: signIn.basis };
