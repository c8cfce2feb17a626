import type { Admitted, Login } from '../auth/login.ts';
import { throughOutages } from '../db/outage.ts';
import type { EventType } from '../events/event-types.ts';
import type { EventFeed } from '../events/feed.ts';
import type { JournalLine } from '../events/line.ts';
import { livePatience } from '../events/live.ts';
import { sameRights, type Viewer } from '../kernel/viewer.ts';

/** Why a socket is closed by the hub: its rights are no more those it was opened with, or nobody can tell. */
export type Closing = 'RIGHTS_ENDED' | 'UNKNOWN';

export interface OpenSocket {
  readonly admitted: Admitted;
  readonly close: (why: Closing) => void;
  /** Whether its rights stand: settled, or asked again at this moment. */
  stands: Promise<boolean>;
  /** The same without waiting; null while they are asked again. */
  standing: boolean | null;
  expiry?: NodeJS.Timeout;
}

/** What may change the rights of who is named by the line's subject. */
const changing: readonly string[] = [
  'member.updated',
  'member.suspended',
  'client.updated',
  'client.rotated',
  'client.revoked',
] satisfies EventType[];

const longestTimer = 2 ** 31 - 1;

/**
 * The sockets of this process, by whom they were opened for. A change of a member or key comes down the same ordered
 * journal as what it must keep from being told: its line makes the sockets doubtful at once, and a message waits for
 * the answer. What is in no journal (an operator's own SQL, an expired token, a key its issuer withdrew) is found by asking again, and by a timer.
 */
export class OpenSockets {
  private readonly open = new Set<OpenSocket>();
  private readonly byOwner = new Map<string, Set<OpenSocket>>();
  private readonly rounds: NodeJS.Timeout;
  private readonly unfollow: () => void;
  private changes = 0;

  constructor(
    private readonly login: Login,
    feed: EventFeed,
    everySeconds: number,
  ) {
    this.unfollow = feed.follow((line) => this.heard(line));
    this.rounds = setInterval(() => void this.round(), everySeconds * 1000).unref();
  }

  get count(): number {
    return this.open.size;
  }

  /** Logs in and keeps the socket; a change that came between the two is not missed. */
  async enter(
    login: () => Promise<Admitted | null>,
    close: (why: Closing) => void,
  ): Promise<OpenSocket | null> {
    const before = this.changes;
    const admitted = await login();
    if (!admitted) return null;
    const socket: OpenSocket = { admitted, close, stands: Promise.resolve(true), standing: true };
    this.open.add(socket);
    for (const owner of ownersOf(admitted.viewer))
      this.byOwner.set(owner, (this.byOwner.get(owner) ?? new Set()).add(socket));
    this.expire(socket);
    if (this.changes !== before) this.doubt(socket);
    return socket;
  }

  leave(socket: OpenSocket): void {
    clearTimeout(socket.expiry);
    this.open.delete(socket);
    for (const owner of ownersOf(socket.admitted.viewer)) {
      const others = this.byOwner.get(owner);
      others?.delete(socket);
      if (others?.size === 0) this.byOwner.delete(owner);
    }
  }

  stop(): void {
    clearInterval(this.rounds);
    this.unfollow();
  }

  private heard(line: JournalLine): void {
    if (!changing.includes(line.type)) return;
    this.changes++;
    for (const socket of this.byOwner.get(line.subjectId) ?? []) this.doubt(socket);
  }

  /** One after the other: a round is no hurry, and must not be a rush. */
  private async round(): Promise<void> {
    for (const socket of [...this.open]) {
      this.doubt(socket);
      await socket.stands;
    }
  }

  /** An answer under way may have been read before the change: it is asked once more after. */
  private doubt(socket: OpenSocket): void {
    if (socket.standing === false) return;
    const asked = socket.stands.then((stands) => stands && this.ask(socket));
    socket.stands = asked;
    socket.standing = null;
    void asked.then((stands) => {
      if (socket.stands === asked) socket.standing = stands;
    });
  }

  private async ask({ admitted, close }: OpenSocket): Promise<boolean> {
    try {
      const now = await throughOutages(livePatience, () => this.login.again(admitted));
      if (now && sameRights(now, admitted.viewer)) return true;
      close('RIGHTS_ENDED');
    } catch {
      close('UNKNOWN'); // nobody's rights have ended: the client is to come again
    }
    return false;
  }

  /** A timer holds 24 days: a token that lasts longer is looked at again by then. */
  private expire(socket: OpenSocket): void {
    const { credential } = socket.admitted;
    if (credential.kind !== 'MEMBER') return;
    const left = credential.expiresAt - Date.now();
    const over = () => {
      if (left > longestTimer) return this.expire(socket);
      socket.stands = Promise.resolve(false);
      socket.standing = false;
      socket.close('RIGHTS_ENDED');
    };
    socket.expiry = setTimeout(over, Math.min(left, longestTimer)).unref();
  }
}

/** A tool's socket hangs on its key and on the member it acts for. */
function ownersOf({ member, client }: Viewer): string[] {
  return [member, client].filter((owner) => owner !== null);
}
