// How a front end speaks with sponsorgraph: questions over HTTP, news over WebSocket.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Client, cacheExchange, fetchExchange, type AnyVariables } from '@urql/core';
import { print } from 'graphql';
import { createClient, type Client as Socket } from 'graphql-ws';

/** Who asks, to what end and on what legal basis. The token is your sign-in's, asked for anew. */
export interface SignIn {
  token: () => string;
  purpose: string;
  basis: string;
}

export class Sponsorgraph {
  readonly #http: Client;
  readonly #socket: Socket;

  /** `url` ends with /graphql. A browser has a WebSocket of its own; Node 20 is given one. */
  constructor(url: string, { token, purpose, basis }: SignIn, webSocketImpl?: unknown) {
    const fetchOptions = () => ({
      headers: {
        Authorization: `Bearer ${token()}`,
        'Sponsorgraph-Purpose': purpose,
        'Sponsorgraph-Basis': basis,
      },
    });
    const connectionParams = () => ({ authorization: `Bearer ${token()}`, purpose, basis });
    const socketUrl = url.replace(/^http/, 'ws');
    const exchanges = [cacheExchange, fetchExchange];
    this.#http = new Client({ url, exchanges, fetchOptions, preferGetMethod: false });
    this.#socket = createClient({ url: socketUrl, connectionParams, webSocketImpl, retryAttempts: 0 });
  }

  /** The answer. Throws an Error with the server's sentence, which says what to do next. */
  async ask<Answer, Variables extends AnyVariables>(
    question: TypedDocumentNode<Answer, Variables>,
    variables: Variables,
  ): Promise<Answer> {
    const { data, error } = await this.#http.query(question, variables).toPromise();
    if (data === undefined || error !== undefined) throw error ?? new Error('No answer came.');
    return data;
  }

  /** What is told, for as long as the line holds: when it is cut, this throws. */
  async *hear<News, Variables extends Record<string, unknown>>(
    about: TypedDocumentNode<News, Variables>,
    variables: Variables,
  ): AsyncGenerator<News> {
    try {
      for await (const { data } of this.#socket.iterate<News>({ query: print(about), variables })) {
        if (data) yield data;
      }
    } catch (failed) {
      if (Array.isArray(failed)) throw new RefusedError(failed[0].message);
      const { code, reason } = failed as { code?: number; reason?: string };
      throw code !== undefined && FINAL.has(code) ? new RefusedError(reason) : failed;
    }
  }
}

// Close codes of graphql-transport-ws: badly spoken, or not for you. Others are for trying again.
const FINAL = new Set([4400, 4401, 4403, 4406]);

/** The server understood the question and says why not: asking again brings nothing. */
export class RefusedError extends Error {}
