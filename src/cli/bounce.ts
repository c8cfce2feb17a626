import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { hubViewer } from '../kernel/viewer.ts';
import { noteBounce } from '../notices/bounce.actions.ts';
import { deadIn, isAddress } from '../notices/bounce.rules.ts';
import { withDatabase } from './connection.ts';

/** Notes dead addresses: one that is named, or those of messages that came back: `npm run admin -- bounce`. */
export async function bounce(named: string[]): Promise<void> {
  const dead = (await Promise.all(named.map(addressesIn))).flat();
  if (dead.length === 0)
    throw new Error(
      'No address is said to be dead in it: nothing is noted (a full mailbox is not a dead one).',
    );
  await withDatabase(async (db) => {
    for (const address of dead) {
      const known = await db.write(hubViewer('bounce'), (tx) => noteBounce(tx, address));
      console.log(
        known
          ? `${address}: nothing more is sent there until a manager says so (updateMember, retryMail).`
          : `${address}: no member has this address.`,
      );
    }
  });
}

async function addressesIn(named: string): Promise<string[]> {
  return isAddress(named) ? [named] : deadIn(await readFile(named, 'utf8'));
}
