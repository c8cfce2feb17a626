import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import type { EventType } from './event-types.ts';

/** Audience of what every authenticated partner may see: the catalogue. */
export const everyPartner = '*';

/** One fact for the journal: ids, codes and versions; never a name, never free text. */
export interface NewEvent {
  /** `referral.accepted`: the subject, then what happened to it. */
  type: EventType;
  subject: { type: string; id: string; version: number };
  /** Whom it is about, when it is about a person. */
  person?: string | null;
  /** Organisations that may learn of it; `everyPartner` for the catalogue. Rights at delivery decide. */
  audience: readonly string[];
  facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes the event in the transaction of its fact. The subject's row must be locked: that is what orders its events. */
export async function record(tx: Transaction, event: NewEvent): Promise<string> {
  const id = newId('Event');
  const { viewer } = tx;
  if (event.person && viewer === tx.asker) tx.about.add(event.person);
  const audience = [...new Set(event.audience)];
  await tx.change(sql`with line as (
      insert into event (id, type, subject_type, subject_id, subject_version, person_id, organisation_id,
        actor_kind, actor_id, caused_by, audience, facts, occurred_at)
      values (${id}, ${event.type}, ${event.subject.type}, ${event.subject.id}, ${event.subject.version},
        ${event.person ?? null}, ${viewer.organisation || null}, ${viewer.kind}, ${viewer.client ?? viewer.member},
        ${viewer.cause}, ${audience}, ${JSON.stringify(event.facts ?? {})}, ${tx.now})
      returning id, tx, pos)
    insert into event_audience (organisation_id, tx, pos, event_id)
    select organisation, line.tx, line.pos, line.id from line, unnest(${audience}::text[]) organisation`);
  return id;
}

/** Writes many facts at once, in the order given: for changes made in sets. */
export async function recordMany(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { viewer } = tx;
  const lines = events.map(({ type, subject, person = null, audience, facts = {} }, at) => ({
    ...{ at, id: newId('Event'), type, noun: subject.type, subject: subject.id, version: subject.version },
    ...{ person, audience: [...new Set(audience)], facts },
  }));
  await tx.change(sql`with line as (
      insert into event (id, type, subject_type, subject_id, subject_version, person_id, organisation_id,
        actor_kind, actor_id, caused_by, audience, facts, occurred_at)
      select id, type, noun, subject, version, person, ${viewer.organisation || null}, ${viewer.kind},
        ${viewer.client ?? viewer.member}, ${viewer.cause}, audience, facts, ${tx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (at integer, id text, type text, noun text,
        subject text, version integer, person text, audience text[], facts jsonb)
      order by at
      returning id, tx, pos, audience)
    insert into event_audience (organisation_id, tx, pos, event_id)
    select organisation, line.tx, line.pos, line.id from line, unnest(line.audience) organisation`);
}
