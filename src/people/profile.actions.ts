import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, sameVersion } from '../kernel/refusal.ts';
import { allowFollowing, audienceOf } from './access.ts';
import { refuseNir } from './nir.rules.ts';
import { lockPerson, touchPerson } from './person.store.ts';
import { checkProfile } from './profile.rules.ts';
import { profileOf, saveProfile } from './profile.store.ts';
import type { ProfileUpdate } from './profile.type.ts';
import type { Known } from './rectification.rules.ts';
import { keepReplaced } from './rectification.store.ts';

export async function updateProfile(tx: Transaction, input: ProfileUpdate) {
  const person = await lockPerson(tx, input.person, 'person');
  await allowFollowing(tx, person.id, 'PROFILE');
  sameVersion(person, input.version);
  refuseNir(input);
  checkProfile(input.profile);
  const on = statedOn(tx, input.statedOn);
  const before = await profileKnown(tx, person.id);
  await saveProfile(tx, person.id, input.profile, on);
  const after = await profileKnown(tx, person.id);
  await keepReplaced(tx, person.id, { before, after, because: input.because });
  const version = await touchPerson(tx, person.id);
  await record(tx, {
    type: 'person.profile_updated',
    subject: { type: 'Person', id: person.id, version },
    person: person.id,
    audience: await audienceOf(tx, person.id, 'PROFILE'),
  });
  return { id: person.id };
}

async function profileKnown(tx: Transaction, person: string): Promise<Known> {
  const [profile] = await profileOf.load(tx, [person]);
  return { PROFILE: profile ?? null };
}

function statedOn(tx: Transaction, day: string | null | undefined): string {
  const today = parisDay(tx.now);
  if (day != null && day > today) throw invalid('statedOn', 'FUTURE');
  return day ?? today;
}
