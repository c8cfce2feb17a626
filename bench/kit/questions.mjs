/** What partners ask of people, referrals and placements, in the stores' own statements. */
import { readCount, readPage } from '../../dist/src/db/list.js';
import { needsOf } from '../../dist/src/people/need.store.js';
import { personList } from '../../dist/src/people/person.list.js';
import { contactOf, identityOf, personById } from '../../dist/src/people/person.store.js';
import { profileOf } from '../../dist/src/people/profile.store.js';
import { referentOf } from '../../dist/src/people/referent.store.js';
import { contractsOf, followUpsOf, outcomeOf } from '../../dist/src/placements/history.store.js';
import {
  placementById,
  placementList,
  placementsOfPerson,
} from '../../dist/src/placements/placement.store.js';
import { historyOf, notesOf } from '../../dist/src/referrals/history.store.js';
import {
  referralById,
  referralList,
  referralsOfOffer,
  referralsOfPerson,
} from '../../dist/src/referrals/referral.store.js';

const window = { size: 20, backward: false, from: null };
const request = { first: 10 };

const page = (listing) => (reader, viewer) => readPage(reader, listing(viewer), window);
const count = (listing) => (reader, viewer) => readCount(reader, listing(viewer));
const load = (batch, of) => (reader, viewer, some) => batch.load(reader, some[of]);
const edge = (declared, of) => (reader, viewer, some) =>
  declared.pages.load(
    reader,
    some[of].map((parent) => ({ parent, request })),
  );

/** `some` holds ids of this viewer's own people, referrals, placements and offers. */
export const questions = {
  'people by update': page((viewer) => personList(viewer, {}, 'UPDATED')),
  'people by name': page((viewer) => personList(viewer, {}, 'NAME')),
  'people of an EPCI': page((viewer) => personList(viewer, { epci: '244400404' }, 'UPDATED')),
  'people named': page((viewer) => personList(viewer, { text: 'Balan' }, 'UPDATED')),
  'people counted': count((viewer) => personList(viewer, {}, 'UPDATED')),
  'referrals, newest': page((viewer) => referralList(viewer, {}, 'NEWEST')),
  'referrals by deadline': page((viewer) => referralList(viewer, {}, 'DEADLINE')),
  'referrals accepted': page((viewer) => referralList(viewer, { states: ['ACCEPTED'] }, 'NEWEST')),
  'referrals received': page((viewer) => referralList(viewer, { receiver: viewer.organisation }, 'NEWEST')),
  'referrals sent': page((viewer) => referralList(viewer, { sender: viewer.organisation }, 'NEWEST')),
  'referrals to answer': page((viewer) => referralList(viewer, { toAnswer: true }, 'DEADLINE')),
  'referrals counted': count((viewer) => referralList(viewer, {}, 'NEWEST')),
  'placements, newest': page((viewer) => placementList(viewer, {}, 'NEWEST')),
  'placements by start': page((viewer) => placementList(viewer, {}, 'START')),
  'placements by contract end': page((viewer) => placementList(viewer, {}, 'CONTRACT_END')),
  'placements counted': count((viewer) => placementList(viewer, {}, 'NEWEST')),
  '20 people by id': load(personById, 'people'),
  '20 identities': load(identityOf, 'people'),
  '20 contacts': load(contactOf, 'people'),
  '20 profiles': load(profileOf, 'people'),
  '20 referents': load(referentOf, 'people'),
  'needs of 20 people': edge(needsOf, 'people'),
  'referrals of 20 people': edge(referralsOfPerson, 'people'),
  'placements of 20 people': edge(placementsOfPerson, 'people'),
  'referrals of 20 offers': edge(referralsOfOffer, 'offers'),
  '20 referrals by id': load(referralById, 'referrals'),
  'history of 20 referrals': load(historyOf, 'referrals'),
  'notes of 20 referrals': load(notesOf, 'referrals'),
  '20 placements by id': load(placementById, 'placements'),
  'contracts of 20 placements': load(contractsOf, 'placements'),
  'outcomes of 20 placements': load(outcomeOf, 'placements'),
  'follow-ups of 20 placements': load(followUpsOf, 'placements'),
};
