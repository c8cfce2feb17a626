import type { RectificationRow } from '../people/rectification.row.ts';
import type { Ground, Rows } from './ground.ts';
import type { DemoPerson } from './people.ts';
import { iso } from './timeline.ts';

/** What the rights of the person left in the demo: names put right, two people nobody can name any more, two about to be. */

const erasedPeople = 2;
const erasedDaysAgo = 12;
const quietPeople = 2;
/** Where the coordinator of the demo’s story works. */
const nantes = '244400404';

/** Three women who married since they were registered: their former name is kept for who follows them. */
export function rectificationsOf({ time }: Ground, people: readonly DemoPerson[]): RectificationRow[] {
  const married = people.filter(({ key, isWoman, referents }) => !key && isWoman && referents.length === 1);
  return married.slice(0, 3).map(({ row, identity, referents: [referent] }, nth) => {
    const at = time.at(-30 - nth, 10, 0);
    const former = { lastName: nth === 2 ? `${identity.lastName}e` : 'Guillou' };
    return {
      ...{ id: time.id('Rectification', at), personId: row.id, category: 'IDENTITY', former },
      because: nth === 2 ? 'MISTAKE' : 'CHANGED',
      ...{ organisationId: referent!.organisationId, memberId: referent!.memberId, at: iso(at) },
    };
  });
}

/** Two people nobody has acted on for two years: the hub gave notice, and erases them unless somebody does. */
export function quiet({ time }: Ground, rows: Rows, people: readonly DemoPerson[]): Rows {
  const met = new Set((rows.referral as Row[]).map(({ personId }) => personId));
  const alone = ({ key, row, referents }: DemoPerson) =>
    !key && !met.has(row.id) && referents.length === 1 && row.epciCode === nantes;
  const gone = new Set(people.filter(alone).slice(0, quietPeople).map(({ row }) => row.id));
  const contact = iso(time.at(-745, 10, 0));
  const dated = { createdAt: contact, updatedAt: contact };
  const without = (name: string) => (rows[name] as Row[]).filter(({ personId }) => !gone.has(personId));
  return {
    ...rows,
    person: (rows.person as Row[]).map((row) => (gone.has(row.id) ? { ...row, ...dated } : row)),
    ...{ need: without('need'), person_situation: without('person_situation') },
    ...Object.fromEntries([...iae, ...ofPathway, ...rights].map((name) => [name, without(name)])),
    retention_notice: [...gone].map((personId, nth) => ({
      ...{ id: time.id('RetentionNotice', time.at(-10, 4, nth)), personId, lastContactAt: contact },
      ...{ eraseOn: time.day(20), state: 'OPEN', createdAt: iso(time.at(-10, 4, nth)) },
    })),
  };
} // prettier-ignore

/** What is looked at of the rows of several tables. */
interface Row {
  id: string;
  personId: string;
  state: string;
  organisationId: string;
  until: string | null;
  endedOn: string | null;
  endReason: string | null;
  validUntil: string | null;
  birthYear: number | null;
  version: number;
}
const live = ['DRAFT', 'SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'PLACED'];
const iae = ['iae_pass', 'iae_diagnosis', 'iae_criterion'];
const ofPathway = ['pathway', 'pathway_step', 'engagement', 'engagement_review'];
const rights = ['entitlement', 'entitlement_period'];
const emptied = [
  'person_identity',
  'person_contact',
  'person_profile',
  'person_number',
  'rectification',
  'referral_note',
  'referral_verdict',
  ...iae,
];

/** The same rows after the erasure of two people whose referrals are all over; what they did still counts. */
export function erased({ time }: Ground, rows: Rows, people: readonly DemoPerson[]): Rows {
  const at = iso(time.at(-erasedDaysAgo, 11, 0));
  const of = (name: string) => rows[name] as Row[];
  const busy = new Set(of('referral').filter(({ state }) => live.includes(state)).map((row) => row.personId)); // prettier-ignore
  const met = new Set(of('referral').map(({ personId }) => personId));
  const chosen = people.filter(({ key, row }) => !key && met.has(row.id) && !busy.has(row.id)).slice(0, erasedPeople); // prettier-ignore
  const gone = new Set(chosen.map(({ row }) => row.id));
  const changed = (name: string, change: (row: Row) => object, key: 'id' | 'personId' = 'personId') =>
    of(name).map((row) => (gone.has(row[key]) ? { ...row, ...change(row) } : row));
  const told = (id: string) => of('person_access').filter(({ personId }) => personId === id).map((row) => row.organisationId); // prettier-ignore
  return {
    ...rows,
    ...Object.fromEntries(emptied.map((name) => [name, of(name).filter((row) => !gone.has(row.personId))])),
    person: changed('person', anonymous(at), 'id'),
    need: changed('need', () => ({ detail: null, thematique: null })),
    entitlement: changed('entitlement', () => ({ applicationNumber: null })),
    referent: changed('referent', ({ until }) => ({ until: until ?? at.slice(0, 10) })),
    referral: changed('referral', () => ({ externalReference: null })),
    person_access: changed('person_access', ({ validUntil }) => ({ validUntil: earlier(validUntil, at) })),
    pathway: changed('pathway', ({ endedOn, endReason }) => ({
      ...{ endedOn: endedOn ?? at.slice(0, 10), endReason: endReason ?? 'OTHER' },
    })),
    engagement: changed('engagement', ({ endedOn, endReason }) => ({
      ...{
        state: 'ENDED',
        endedOn: endedOn ?? at.slice(0, 10),
        endReason: endReason ?? 'PATHWAY_ENDED',
        reviewOn: null,
      },
    })),
    person_situation: of('person_situation').filter((row) => !gone.has(row.personId)),
    erasure: [...gone].map((personId) => ({
      ...{ personId, reason: 'PERSON_REQUEST', at, told: [...new Set(told(personId))] },
      organisationId: null,
    })),
  };
}

function anonymous(at: string) {
  return ({ birthYear, version }: Row) => ({
    birthYear: birthYear && Math.floor(birthYear / 5) * 5 + 2,
    ...{ communeCode: null, erasedAt: at, updatedAt: at, version: version + 1 },
  });
}

const earlier = (one: string | null, other: string) => (one && one < other ? one : other);
