import sql from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import type { Context } from '../graphql/context.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/refusal.ts';
import { allowFollowing, followersOf } from '../people/access.ts';
import { Category } from '../people/access.rules.ts';
import { handlesOf } from '../people/count.store.ts';
import { lockPerson } from '../people/person.store.ts';
import type { PersonExport } from './case-file.type.ts';
import { heldOf, mostLines } from './held.store.ts';
import type { Held, KindName } from './held.rules.ts';
import { pageOf } from './page.rules.ts';
import { sheetsOf, type Sheet } from './sheet.rules.ts';
import { kept, ofOneRecord } from './withheld.rules.ts';

/** What the person asked for is written down; what is held is read only when the answer asks for it, and kept nowhere. */
export async function exportPerson(tx: Transaction, input: PersonExport) {
  const { id: person, version } = await lockPerson(tx, input.person, 'person');
  await allowExport(tx, person);
  if (input.requestedOn > parisDay(tx.now)) throw invalid('requestedOn', 'FUTURE');
  const subject = { type: 'Person', id: person, version };
  const audience = await followersOf(tx, person);
  await record(tx, {
    type: 'person.exported',
    subject,
    person,
    audience,
    facts: { requestedOn: input.requestedOn },
  });
  return { id: person };
}

/** The file holds everything: whoever the law closes part of it to, or who only registered, cannot hand it over. */
async function allowExport(tx: Transaction, person: string): Promise<void> {
  allow(tx.viewer, 'exportPerson');
  await allowFollowing(tx, person, 'JUSTICE');
}

export interface CaseFileContent {
  json: string;
  csv: Sheet[];
  page: string;
}

/**
 * Everything held, as the hub reads it: the member may not see the notes of others, the person may have them all. Of a
 * person with several records the council alone hands over all. Each reading is noted for the access log, with every
 * category of every record, before the answer leaves.
 */
export async function openCaseFile(
  ctx: Context,
  person: string,
  requestedOn: string,
): Promise<CaseFileContent> {
  const opened = await ctx.db.write(ctx.viewer, async (tx) => {
    await allowExport(tx, person);
    const by = await firstRow<{ name: string; phone: string | null }>(
      tx,
      sql`select name, phone from organisation where id = ${tx.viewer.organisation}`,
    );
    const whole = tx.viewer.organisationKind === 'COUNCIL';
    const records = whole ? handlesOf(person) : sql`array[${person}]`;
    const held = await tx.asHub('person.exported', () => heldOf(tx, records));
    return { by: by!, held: kept(whole ? held : ofOneRecord(held), ctx.viewer) };
  });
  for (const { id } of opened.held.record)
    for (const category of Object.values(Category))
      ctx.disclosures.note(id as string, category, ctx.reader.now);
  return contentOf(opened.held, { ...opened.by, requestedOn, now: ctx.reader.now });
}

interface By {
  name: string;
  phone: string | null;
  requestedOn: string;
  now: string;
}

function contentOf(held: Held, { name, phone, requestedOn, now }: By): CaseFileContent {
  const today = parisDay(now);
  const cut = (Object.keys(held) as KindName[]).filter((kind) => held[kind].length === mostLines);
  return {
    json: JSON.stringify({ madeAt: now, madeBy: name, requestedOn, cut, ...held }, null, 1),
    csv: sheetsOf(held),
    page: pageOf(held, { by: name, phone, requestedOn, today, cut }),
  };
}
