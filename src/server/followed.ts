import type { Followed } from '../events/live.ts';
import type { Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import { clientById } from '../partners/client.store.ts';
import { personClosing } from '../people/following.store.ts';
import { feedById } from '../meetings/calendar.store.ts';
import { placementFollowed } from '../placements/following.store.ts';
import { settingById } from '../referrals/delay.store.ts';
import { referralFollowed } from '../referrals/following.store.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { subjectOf } from '../kernel/ids.ts';
import { hasScope, type Scope } from '../kernel/viewer.ts';
import { endpointById } from '../webhooks/endpoint.store.ts';
import { nodeDoors } from './nodes.ts';

interface Door {
  read: ById<{ id: string }>;
  scope: Scope;
}

/** Subjects of events that are no nodes. What is in neither list is told to nobody. */
const otherDoors: Record<string, Door> = {
  ApiClient: { read: clientById as ById<{ id: string }>, scope: 'offers:read' },
  CalendarFeed: { read: feedById as ById<{ id: string }>, scope: 'referrals:read' },
  WebhookEndpoint: { read: endpointById as ById<{ id: string }>, scope: 'offers:read' },
  Setting: { read: settingById as ById<{ id: string }>, scope: 'offers:read' },
};
const doors: Readonly<Record<string, Door>> = { ...nodeDoors, ...otherDoors };

/** Whose acts are named as their own subscriptions name them. */
const naming: Record<string, NonNullable<Followed<never>['names']>> = {
  Referral: referralFollowed.names as never,
  Placement: placementFollowed.names as never,
};

/** Everything that happens, whatever its subject: who may see the subject is told, whatever door they stand at. */
export const everythingFollowed: Followed<{ id: string }> = {
  read: seen,
  names: async (ctx, row, line) => {
    const names = naming[line.subjectType];
    if (names) return names(ctx, row as never, line);
    return line.personId === null || (await namedAsAuthor(ctx, line.organisationId)) !== null;
  },
  person: { of: (_, line) => line.personId, ...personClosing },
  // the list of erasures says the same to the same: every organisation that ever received something of the person
  lastWord: ({ viewer }, { type }) => type === 'person.erased' && hasScope(viewer, 'people:read'),
};

/** The subject as its own kind is read, or null: unknown, hidden, of no kind one may follow, outside the tool's scopes. */
async function seen(ctx: Context, id: string): Promise<{ id: string } | null> {
  const door = doors[subjectOf(id) ?? ''];
  return door && hasScope(ctx.viewer, door.scope) ? ctx.loaders.load(door.read, id) : null;
}
