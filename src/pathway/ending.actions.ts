import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { audienceOf } from '../people/access.ts';
import type { EngagementRow } from './engagement.row.ts';
import { endedWithPathway, saveEngagement, standingEngagements } from './engagement.store.ts';
import type { EngagementEndReason } from './engagement.rules.ts';

/** Ends an engagement, never before it was signed. */
export async function closeEngagement(
  tx: Transaction,
  before: EngagementRow,
  { endedOn, endReason }: { endedOn: string; endReason: EngagementEndReason },
): Promise<EngagementRow> {
  const end = { state: 'ENDED', endedOn: lastDay(before, endedOn), endReason, reviewOn: null } as const;
  const after = await saveEngagement(tx, before, end);
  await tellEngagement(tx, after, 'engagement.ended');
  return after;
}

function lastDay({ signedOn }: EngagementRow, endedOn: string): string {
  return signedOn && signedOn > endedOn ? signedOn : endedOn;
}

/** With the pathway ends what was undertaken on it. */
export async function closeWithPathway(tx: Transaction, pathway: string, endedOn: string): Promise<void> {
  for (const row of await standingEngagements(tx, pathway))
    await closeEngagement(tx, row, { endedOn, endReason: 'PATHWAY_ENDED' });
}

/** What ended with the pathway did so on the day that is right. */
export async function moveWithPathway(tx: Transaction, pathway: string, endedOn: string): Promise<void> {
  for (const row of await endedWithPathway(tx, pathway))
    if (row.endedOn !== lastDay(row, endedOn))
      await closeEngagement(tx, row, { endedOn, endReason: 'PATHWAY_ENDED' });
}

/** Told to who sees the pathway, without a word of what was undertaken. */
export async function tellEngagement(tx: Transaction, of: EngagementRow, type: EventType): Promise<void> {
  const { id, version, personId } = of;
  const audience = [...(await audienceOf(tx, personId, 'PATHWAY')), tx.viewer.organisation].filter(Boolean);
  await record(tx, { type, subject: { type: 'Engagement', id, version }, person: personId, audience });
}
