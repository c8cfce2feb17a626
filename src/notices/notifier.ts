import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { EventFeed } from '../events/feed.ts';
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

/** What is written within so many milliseconds is read at once. */
const gathering = 100;
const lookEvery = 15_000;
const digestHourWithoutMail = 8;

/**
 * Keeps members told, beside the moves and never in their way: woken by the live feed, and by the clock for what is due
 * later, is tried again, or was left by a process that died.
 */
export class Notifier {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private readonly unfollow: () => void;

  constructor(private readonly of: NotifierOptions) {
    this.unfollow = of.feed.follow(({ type }) => {
      if (type in tellings) this.wake(gathering);
    });
    this.wake(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unfollow();
    clearTimeout(this.timer);
    await this.running;
    this.of.office?.post.close();
  }

  private wake(delay: number): void {
    if (this.running) this.again = true;
    else this.schedule(delay);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void (this.running = this.run()), delay);
  }

  private async run(): Promise<void> {
    const { db, office, log } = this.of;
    this.again = false;
    try {
      await followJournal(db, { mails: office !== null, digestHour: office?.digestHour ?? digestHourWithoutMail });
      if (office) await deliverNotices(db, office, log);
    } catch (err) {
      log.warn({ err }, 'notices wait for the moment');
    }
    this.running = null;
    this.schedule(this.again ? gathering : lookEvery);
  }
} // prettier-ignore
