import { createClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Answer<T> {
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
  extensions?: Record<string, unknown>;
}

export interface Asked {
  mutation: string;
  inputType: string;
  input: object;
  selection: string;
}

/** What a partner's software does: POST documents with a token, keep a socket for subscriptions. */
export class Client {
  private socket: SocketClient | undefined;

  constructor(
    readonly url: string,
    readonly token: string,
    readonly language = 'en',
  ) {}

  async post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.token}`,
        'accept-language': this.language,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** The whole answer, errors included. */
  async ask<T = any>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    return (await (await this.post({ query, variables })).json()) as Answer<T>;
  }

  /** The data, or an error that shows what the hub said. */
  async get<T = any>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await this.ask<T>(query, variables);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  /** Runs one mutation by its name with an input, and answers its payload: `{ <noun>, userErrors }`. */
  async run<T = any>(mutation: string, inputType: string, input: object, selection: string): Promise<T> {
    const document = `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${selection} userErrors { code message field } } }`;
    const data = await this.get<Record<string, T>>(document, { input });
    return data[mutation]!;
  }

  /** The same for several at once, mutations of any kind, in one document: done one after the other. */
  async runAll(asked: readonly Asked[]): Promise<any[]> {
    const variables = asked.map(({ inputType }, at) => `$i${at}: ${inputType}!`);
    const fields = asked.map(
      ({ mutation, selection }, at) =>
        `a${at}: ${mutation}(input: $i${at}) { ${selection} userErrors { code message field } }`,
    );
    const data = await this.get(
      `mutation (${variables.join(', ')}) { ${fields.join(' ')} }`,
      Object.fromEntries(asked.map(({ input }, at) => [`i${at}`, input])),
    );
    return asked.map((_, at) => data[`a${at}`]);
  }

  /** Messages of a subscription as they come; resolves once the hub has accepted it. */
  subscribe<T = any>(query: string, variables: Record<string, unknown> = {}): Listening<T> {
    this.socket ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}`, acceptLanguage: this.language },
      retryAttempts: 0,
      lazy: true,
    });
    return new Listening<T>(this.socket, query, variables);
  }

  async close(): Promise<void> {
    await this.socket?.dispose();
  }
}

export class Listening<T> {
  readonly received: T[] = [];
  private waiting: (() => void)[] = [];
  private failure: unknown;
  readonly stop: () => void;

  constructor(socket: SocketClient, query: string, variables: Record<string, unknown>) {
    this.stop = socket.subscribe<T>(
      { query, variables },
      {
        next: (message) => this.take(message as { data: T; errors?: unknown }),
        error: (error) => this.fail(error),
        complete: () => undefined,
      },
    );
  }

  /**
   * Waits until so many messages have come; fails with what did come. Long: a transaction of another worker holds back
   * the journal of the whole cluster.
   */
  async until(count: number, within = 15_000): Promise<T[]> {
    const end = Date.now() + within;
    while (this.received.length < count) {
      if (this.failure) throw new Error(`the subscription failed: ${JSON.stringify(this.failure)}`);
      const left = end - Date.now();
      if (left <= 0)
        throw new Error(
          `${this.received.length} of ${count} messages came: ${JSON.stringify(this.received)}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => (clearTimeout(timer), resolve()));
      });
    }
    return this.received;
  }

  private take(message: { data: T; errors?: unknown }): void {
    if (message.errors) return this.fail(message.errors);
    this.received.push(message.data);
    for (const wake of this.waiting.splice(0)) wake();
  }

  private fail(error: unknown): void {
    this.failure = error;
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** What a payload refuses, each as `CODE path.of.field`. */
export function faults({ userErrors }: { userErrors: { code: string; field: string[] | null }[] }): string[] {
  return userErrors.map(({ code, field }) => [code, field?.join('.')].filter(Boolean).join(' '));
}
