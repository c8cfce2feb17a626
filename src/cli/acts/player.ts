import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { Screen } from './screen.ts';

export interface Refused {
  code: string;
  message: string;
}

/** One mutation: its name, the type of its input, the input, and what is read of the answer. */
export interface Move {
  name: string;
  type: string;
  input: object;
  read: string;
}

/** How long the answers took: nothing in the five minutes may make somebody wait. */
export class Pace {
  slowest = { ms: 0, by: '' };

  take(ms: number, by: string): void {
    if (ms > this.slowest.ms) this.slowest = { ms: Math.round(ms), by };
  }
}

/** An actor of the demo as their own software would be: asks over HTTP, watches over a socket, and knows no other way in. */
export class Player {
  private socket: Client | undefined;

  constructor(
    readonly url: string,
    readonly token: string,
    private readonly pace: Pace,
  ) {}

  /** The data of a document; a request that is refused as a whole is a fault of the script. */
  async ask<T>(query: string, variables: object = {}, language = 'en'): Promise<T> {
    const asked = performance.now();
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': language,
        authorization: `Bearer ${this.token}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data: T; errors?: { message: string }[] };
    this.pace.take(performance.now() - asked, query.trim().slice(0, 40));
    if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join(' '));
    return answer.data;
  }

  /** A mutation and what it refused. */
  async does<T>({ name, type, input, read }: Move): Promise<T & { userErrors: Refused[] }> {
    const document = `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${read} userErrors { code message } } }`;
    return (await this.ask<{ done: T & { userErrors: Refused[] } }>(document, { input })).done;
  }

  /** What a screen would show, from now on. */
  async watches<T>(subscription: string, variables: Record<string, unknown> = {}): Promise<Screen<T>> {
    this.socket ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
    });
    return Screen.open<T>(this.socket, subscription, variables);
  }

  async leaves(): Promise<void> {
    await this.socket?.dispose();
  }
}
