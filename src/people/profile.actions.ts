import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, sameVersion } from '../kernel/refusal.ts';
import { allowFollowing, audienceOf } from './access.ts';
import { refuseNir } from './nir.rules.ts';
import { lockPerson, touchPerson } from './person.store.ts';
import { checkProfile } from './profile.rules.ts';
import { saveProfile } from './profile.store.ts';
import type { ProfileUpdate } from './profile.type.ts';

export async function updateProfile(tx: Transaction, input: ProfileUpdate) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'PROFILE');
  sameVersion(person, input.version);
  refuseNir(input);
  checkProfile(input.profile);
  const on = statedOn(tx, input.statedOn);
  await saveProfile(tx, person.id, input.profile, on);
  const version = await touchPerson(tx, person.id);
  await record(tx, {
    type: 'person.profile_updated',
    subject: { type: 'Person', id: person.id, version },
    person: person.id,
    audience: await audienceOf(tx, person.id, 'PROFILE'),
  });
  return { id: person.id };
}

function statedOn(tx: Transaction, day: string | null | undefined): string {
  const today = parisDay(tx.now);
  if (day != null && day > today) throw invalid('statedOn', 'FUTURE');
  return day ?? today;
}
