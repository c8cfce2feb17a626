import type { Logger } from 'pino';
import sql from 'sql-template-tag';
import { deliverNotices } from '../../src/notices/deliver.sweep.ts';
import { beginNotices, followJournal } from '../../src/notices/follow.sweep.ts';
import type { Office } from '../../src/notices/office.ts';
import { smtpPost } from '../../src/notices/post.ts';
import { Mailbox } from './mailbox.ts';
import { settled, World } from './world.ts';

/** A world whose notices go to a mail server of the test's own. */
export class Posted {
  private constructor(
    readonly world: World,
    readonly mailbox: Mailbox,
    readonly office: Office,
  ) {}

  static async open(options: { log?: Logger } = {}): Promise<Posted> {
    const mailbox = await Mailbox.open();
    const office: Office = {
      ...{ post: smtpPost(mailbox.url), from: 'Passerelle <hub@passerelle.example>', digestHour: 8 },
      ...{ publicUrl: 'https://hub.example', referralUrl: 'https://tool.example/r/{id}', health: false },
    };
    const world = await World.open({ office, ...options });
    await beginNotices(world.db);
    return new Posted(world, mailbox, office);
  }

  /** Everything that happened is told, as far as its time has come. */
  async tell(): Promise<number> {
    await this.follow();
    return this.deliver();
  }

  /** Once the journal’s horizon has passed all that happened: a transaction of another worker holds it back. */
  async follow(): Promise<number> {
    await settled(this.world);
    return followJournal(this.world.db, { mails: true, digestHour: 8 });
  }

  deliver(): Promise<number> {
    return deliverNotices(this.world.db, this.office, this.world.server.hub.log);
  }

  async close(): Promise<void> {
    this.office.post.close();
    await this.mailbox.close();
    await this.world.close();
  }
}

/** The token of the link in a message. */
export const tokenIn = (text: string): string => /\/n\/([\w-]{43})/.exec(text)![1]!;

/** The address of a member, which is where their mail goes. */
export async function addressOf(world: World, member: string): Promise<string> {
  const [row] = await world.rows<{ email: string }>(sql`select email from member where id = ${member}`);
  return row!.email;
}
