import type { Transaction } from '../db/transaction.ts';
import type { EventType } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { checkDays } from '../partners/organisation.rules.ts';
import { allowFollowing, audienceOf } from './access.ts';
import { checkNeed } from './need.rules.ts';
import { lockNeed, saveNeed, saveNewNeed } from './need.store.ts';
import type { NeedClosing, NewNeed } from './need.type.ts';
import { refuseNir } from './nir.rules.ts';
import { lockPerson } from './person.store.ts';

export async function recordNeed(tx: Transaction, input: NewNeed) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'NEEDS');
  const today = parisDay(tx.now);
  refuseNir(input);
  checkNeed(input, today);
  const { theme, thematique, detail, openedOn } = input;
  const id = newId('Need');
  await saveNewNeed(tx, {
    id,
    personId: person.id,
    theme,
    thematique: thematique ?? null,
    detail: detail ?? null,
    openedOn: openedOn ?? today,
    recordedBy: tx.viewer.organisation,
  });
  await recordEvent(tx, 'need.recorded', { id, version: 1, personId: person.id, theme });
  return { id };
}

export async function closeNeed(tx: Transaction, input: NeedClosing) {
  const need = await lockNeed(tx, input.need, 'need');
  await allowFollowing(tx, need.personId, 'NEEDS');
  sameVersion(need, input.version);
  if (need.closedOn !== null) throw new Refusal('WRONG_STATE', { state: 'CLOSED', move: 'close' });
  const today = parisDay(tx.now);
  const closedOn = input.closedOn ?? today;
  if (closedOn > today) throw invalid('closedOn', 'FUTURE');
  checkDays('closedOn', need.openedOn, closedOn);
  const version = await saveNeed(tx, need, { closedOn, closeReason: input.reason });
  await recordEvent(tx, 'need.closed', { ...need, version });
  return { id: need.id };
}

type Noted = { id: string; version: number; personId: string; theme: string };

async function recordEvent(tx: Transaction, type: EventType, { id, version, personId, theme }: Noted) {
  const audience = await audienceOf(tx, personId, 'NEEDS');
  const subject = { type: 'Need', id, version };
  await record(tx, { type, subject, person: personId, audience, facts: { theme } });
}
