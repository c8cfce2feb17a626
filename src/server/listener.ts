import type { Shown } from '../audit/access-log.store.ts';
import type { Context } from '../graphql/context.ts';
import { always, type Since } from '../events/told.ts';
import type { Live } from '../events/live.ts';
import type { Position } from '../events/place.ts';
import type { OpenSocket } from './open-sockets.ts';

/** One answer for many: its text is written once, and framed once for all who are to have the same bytes. */
export class Answer {
  private readonly frames = new Map<string, Buffer>();

  constructor(
    readonly text: string,
    readonly cursor: string,
  ) {}

  as(key: string, frame: (answer: Answer) => string): Buffer {
    let bytes = this.frames.get(key);
    if (!bytes) this.frames.set(key, (bytes = Buffer.from(frame(this))));
    return bytes;
  }
}

/** Where one subscription's answers go: an operation on a socket, or a response that is never done. */
export interface Outlet {
  send(answer: Answer): void;
  /** Nothing more comes: the client is to go on from its last cursor, or to mend what it asked. */
  fail(error: unknown): void;
  /** Waits until its reader has taken most of what was sent: for whoever replays, who has time. */
  ready(): Promise<void>;
}

/** One subscription at one door. What it hears is worked out with others; whether it may is its own. */
export class Listener {
  /** It has had, or was not to have, everything up to here. */
  position: Position;
  readonly since: Since;
  /** Whether the one person it asked for has been open since it began. */
  readonly asked: { known: boolean };
  /** What the access log says of who is told. */
  readonly shown: Shown;
  readonly outlet: Outlet;
  private readonly rights: OpenSocket;
  private waiting = 0;
  private queue: Promise<void> = Promise.resolve();
  left = false;

  constructor(live: Live, { ctx, rights, outlet }: { ctx: Context; rights: OpenSocket; outlet: Outlet }) {
    const { viewer, purpose, requestId } = ctx;
    this.shown = { viewer, purpose, requestId };
    this.rights = rights;
    this.outlet = outlet;
    this.position = live.from;
    this.since = live.beginning.resumed ? always : live.from;
    this.asked = { known: live.beginning.asked };
  }

  /** Whether it can be told at once; null while it cannot be said. */
  get open(): boolean | null {
    if (this.left) return false;
    return this.waiting > 0 ? null : this.rights.standing;
  }

  /** Told in its turn, if its rights turn out to stand. */
  later(tell: () => Promise<void> | void): void {
    this.waiting++;
    this.queue = this.queue.then(async () => {
      try {
        if (await this.rights.stands) await tell();
      } finally {
        this.waiting--;
      }
    });
  }

  send(answer: Answer): void {
    if (this.open) this.outlet.send(answer);
    else if (this.open === null) this.later(() => this.outlet.send(answer));
  }
}
