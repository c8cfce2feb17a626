import type { Client } from 'graphql-ws';

/** What came down one subscription, and whether something came that was waited for. */
export class Screen<T> {
  readonly shown: T[] = [];
  private wake: () => void = () => {};

  private constructor() {}

  static async open<T>(
    socket: Client,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<Screen<T>> {
    const screen = new Screen<T>();
    socket.subscribe<T>(
      { query, variables },
      {
        next: ({ data }) => {
          if (data) screen.shown.push(data);
          screen.wake();
        },
        error: () => screen.wake(),
        complete: () => screen.wake(),
      },
    );
    // the hub says nothing when it begins to listen: a moment is left to it
    await pause(400);
    return screen;
  }

  /** The first that fits, or null when it has not come in time. */
  async until(fits: (each: T) => boolean, within = 10_000): Promise<T | null> {
    const end = Date.now() + within;
    for (;;) {
      const found = this.shown.find(fits);
      if (found !== undefined || Date.now() >= end) return found ?? null;
      await this.changes(end - Date.now());
    }
  }

  private changes(within: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, within);
      this.wake = () => (clearTimeout(timer), resolve());
    });
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
