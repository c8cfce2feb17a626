import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { EventFeed } from '../events/feed.ts';
import { Rounds } from '../events/rounds.ts';
import { deliverNotices } from './deliver.sweep.ts';
import { followJournal } from './follow.sweep.ts';
import type { Office } from './office.ts';
import { tellings } from './tellings.ts';

interface NotifierOptions {
  db: Database;
  feed: EventFeed;
  /** Null: nothing is mailed, and notices are only listed. */
  office: Office | null;
  log: Logger;
}

const gathering = 100;
const lookEvery = 15_000;
const digestHourWithoutMail = 8;

/**
 * Keeps members told, beside the moves and never in their way: woken by the live feed, and by the clock for what is due
 * later, is tried again, or was left by a process that died.
 */
export class Notifier {
  private readonly rounds: Rounds;
  private readonly unfollow: () => void;

  constructor(private readonly of: NotifierOptions) {
    const onFault = (err: unknown) => of.log.warn({ err }, 'notices wait for the moment');
    this.rounds = new Rounds({ round: () => this.round(), gathering, onFault });
    this.unfollow = of.feed.follow(({ type }) => {
      if (type in tellings) this.rounds.wake();
    });
  }

  async stop(): Promise<void> {
    this.unfollow();
    await this.rounds.stop();
    this.of.office?.post.close();
  }

  private async round(): Promise<number> {
    const { db, office, log } = this.of;
    const digestHour = office?.digestHour ?? digestHourWithoutMail;
    await followJournal(db, { mails: office !== null, digestHour });
    if (office) await deliverNotices(db, office, log);
    return lookEvery;
  }
}
