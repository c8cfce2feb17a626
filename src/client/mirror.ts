import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import {
  followReferrals,
  HubRefusal,
  type Following,
  type ReferralFollower,
  type ReferralMessage,
} from './follow.ts';
import {
  ReadReferralsDocument,
  TakeCheckpointDocument,
  type FollowedReferralFragment,
} from './operations.ts';

interface Kept {
  cursor: string | null;
  referrals: Record<string, FollowedReferralFragment>;
}

type Mirroring = Pick<Following, 'url' | 'token' | 'onTrouble' | 'webSocketImpl'> & {
  /** Where the copy is kept. */
  file: string;
  /** Told what was taken over, once it is. */
  onEvent?: (message: ReferralMessage) => void;
};

/**
 * A copy of the referrals one may see in a file of one's own: what a partner's software would keep in its tables. The copy and
 * the cursor are written together, so that a process killed at any moment has done both or neither.
 */
export class Mirror {
  private kept: Kept;

  constructor(private readonly of: Mirroring) {
    this.kept = existsSync(of.file)
      ? (JSON.parse(readFileSync(of.file, 'utf8')) as Kept)
      : { cursor: null, referrals: {} };
  }

  get referrals(): Readonly<Kept['referrals']> {
    return this.kept.referrals;
  }

  follow(): ReferralFollower {
    const { url, token, onTrouble, webSocketImpl } = this.of;
    return followReferrals({
      ...{ url, token, webSocketImpl, after: this.kept.cursor },
      ...(onTrouble && { onTrouble }),
      onEvent: (message) => {
        this.apply(message);
        this.of.onEvent?.(message);
      },
      saveCursor: (cursor) => this.write({ ...this.kept, cursor }),
      readAfresh: () => this.readAfresh(),
    });
  }

  private apply({ referral, accessEnded }: ReferralMessage): void {
    const { referrals } = this.kept;
    const held = referral && referrals[referral.id];
    if (referral && !(held && held.version > referral.version)) referrals[referral.id] = referral;
    if (!accessEnded) return;
    // what one may no longer see is no longer kept either
    for (const id of accessEnded.subjects) delete referrals[id];
    for (const each of Object.values(referrals))
      if (accessEnded.person && each.person?.id === accessEnded.person) each.person = null;
  }

  /** The checkpoint is taken first: what changes while one reads is told again after it. */
  private async readAfresh(): Promise<string> {
    const { events } = await this.ask(TakeCheckpointDocument, {});
    const referrals: Kept['referrals'] = {};
    for (let after: string | null = null, more = true; more;) {
      const page: Awaited<ReturnType<typeof this.page>> = await this.page(after);
      for (const each of page.nodes) referrals[each.id] = each;
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor ?? null;
    }
    this.kept = { ...this.kept, referrals };
    return events.checkpoint;
  }

  private async page(after: string | null) {
    return (await this.ask(ReadReferralsDocument, { after })).referrals;
  }

  private async ask<T, V>(document: TypedDocumentNode<T, V>, variables: V): Promise<T> {
    const response = await fetch(`${this.of.url.replace(/\/$/, '')}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.of.token()}` },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: HubRefusal['errors'] };
    if (errors || !data) throw new HubRefusal(errors ?? [{ message: `status ${response.status}` }]);
    return data;
  }

  /** A file appears whole or not at all, and is on the disk before the next event is looked at. */
  private async write(kept: Kept): Promise<void> {
    this.kept = kept;
    const part = `${this.of.file}.part`;
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(kept, null, 1));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, this.of.file);
  }
}
