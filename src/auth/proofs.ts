import { createHash } from 'node:crypto';
import type { Credential } from './tokens.ts';

/** For so long, in milliseconds, a token that was proven is not proven again: a moment, beside what an issuer's keys are kept. */
const believed = 10_000;
const mostKept = 10_000;

interface Proof {
  credential: Credential;
  until: number;
}

/** Tokens proven a moment ago, the last one last: whoever asks ten times a second is not reckoned ten signatures. */
export class Proofs {
  private readonly kept = new Map<string, Proof>();

  /** Who a token is of is looked up each time all the same: a right that ended ends at once. */
  async of(
    token: string,
    prove: () => Promise<Credential | null>,
    now = Date.now(),
  ): Promise<Credential | null> {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.kept.get(digest);
    if (known && now < known.until) return known.credential;
    this.kept.delete(digest);
    const credential = await prove();
    if (credential?.kind === 'MEMBER') this.keep(digest, credential, now);
    return credential;
  }

  private keep(digest: string, credential: Credential & { kind: 'MEMBER' }, now: number): void {
    const until = Math.min(now + believed, credential.expiresAt);
    this.kept.set(digest, { credential, until });
    if (this.kept.size > mostKept) this.kept.delete(this.kept.keys().next().value!);
  }
}
