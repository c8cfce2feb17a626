import { eachDue } from '../db/due.ts';
import { endGrant } from './ending.actions.ts';
import { dueGrants, lockGrant } from './grant.store.ts';

/** A right ends by its date without anybody; what rested on it is ended here, each grant in its own transaction. */
export const sweepSharing = eachDue({
  cause: 'grant.due',
  counts: ['ended'],
  next: dueGrants,
  turn: async (tx, id) => {
    const row = await lockGrant(tx, id, 'grant');
    // somebody, or another sweep, may have ended it while this one waited for the person
    if (row.endedAt !== null) return null;
    await endGrant(tx, row, 'TERM');
    return 'ended';
  },
});
