import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';

/**
 * When each key was last used, kept in memory and written in one statement a minute, so that no request waits for it.
 * A hub that is killed forgets its last minute; one that stops in order does not.
 */
export class KeyUses {
  private uses = new Map<string, string>();

  constructor(private readonly db: Database) {}

  readonly used = (client: string): void => void this.uses.set(client, this.db.clock.now());

  async write(): Promise<void> {
    if (this.uses.size === 0) return;
    const taken = this.uses;
    this.uses = new Map();
    const uses = JSON.stringify([...taken].map(([id, at]) => ({ id, at })));
    try {
      await this.db.write(hubViewer('client.used'), (tx) =>
        tx.change(sql`update api_client set last_used_at = greatest(last_used_at, used.at)
          from jsonb_to_recordset(${uses}::jsonb) as used (id text, at timestamptz) where api_client.id = used.id`),
      );
    } catch (error) {
      this.uses = new Map([...taken, ...this.uses]); // with the next minute's
      throw error;
    }
  }
}
