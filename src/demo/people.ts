import { createHash } from 'node:crypto';
import { parisDay } from '../kernel/clock.ts';
import { OfferKind } from '../programme/offer-kind.rules.ts';
import type { PersonContactRow, PersonIdentityRow, PersonRow } from '../people/person.row.ts';
import { referenceOf, shownCommune } from '../people/person.rules.ts';
import type { ReferentRow } from '../people/referent.row.ts';
import type { CommuneRow } from '../territory/commune.row.ts';
import type { Point } from '../territory/point.rules.ts';
import { fresh, type Ground } from './ground.ts';
import { mailNameOf, nameOf, type Name } from './names.ts';
import type { DemoMember, Partner, Partners } from './organisations.ts';
import { cast, type CastMember } from './cast.data.ts';
import { timeToOpen } from './story.data.ts';
import { iso } from './timeline.ts';

/** A person as the referrals' generator meets them. */
export interface DemoPerson {
  key: string | null;
  row: PersonRow;
  identity: PersonIdentityRow;
  contact: PersonContactRow;
  point: Point;
  isWoman: boolean;
  /** Milliseconds. */
  created: number;
  /** Who follows the person now, and whoever did before. */
  referents: ReferentRow[];
  referent: Partner;
  member: DemoMember;
}

const wanted = 2000;

/** Two thousand people, as many in each commune as its share of the inhabitants; the cast of the story first. */
export function peopleOf(ground: Ground, partners: Partners): DemoPerson[] {
  const people: DemoPerson[] = [];
  for (let nth = 0; nth < wanted; nth++) people.push(personOf(ground, partners, nth, cast[nth]));
  for (const person of people) moved(ground, partners, person);
  return people.sort((one, other) => one.created - other.created);
}

function personOf(ground: Ground, partners: Partners, nth: number, role: CastMember | undefined): DemoPerson {
  const { time, random, territory } = ground;
  const name = role ?? nameOf(random);
  const created = time.at(time.workingDay(role?.registered ?? random.int(timeToOpen + 20, -6), -1));
  const born = role?.born ?? time.day(-Math.round(365.25 * ageOf(random.next())) - random.int(0, 364));
  const commune = role ? territory.named(role.commune) : territory.whereSomebodyLives(random);
  const age = (time.now - Date.parse(born)) / 31_557_600_000;
  const referent = role?.referent ? partners.of(role.referent) : referentOf(ground, partners, commune, age);
  const registrar = random.chance(0.9) ? referent : partners.of('council');
  const id = time.id('Person', created);
  const row: PersonRow = {
    id,
    reference: referenceOf(createHash('sha256').update(`person ${nth}`).digest()),
    registeredBy: registrar.id,
    birthYear: Number(born.slice(0, 4)),
    epciCode: commune.epciCode,
    communeCode: shownCommune(commune),
    soughtKind: random.chance(0.8) ? soughtBy(random.next()) : null,
    erasedAt: null,
    ...fresh(iso(created)),
  };
  const member = memberFor(ground, referent, commune.epciCode!, role?.member);
  const person = {
    key: role?.key ?? null,
    row,
    created,
    referent,
    member,
    isWoman: name.isWoman,
    point: commune,
  };
  return {
    ...person,
    identity: identityOf(id, name, born, random.chance(0.15)),
    contact: contactOf(ground, id, name, commune, nth, role?.address),
    referents: nth % 60 === 59 ? [] : [referentRow(ground, person)],
  };
}

function identityOf(personId: string, name: Name, birthDate: string, married: boolean): PersonIdentityRow {
  const { firstName, lastName, isWoman } = name;
  return { personId, firstName, lastName, birthName: isWoman && married ? lastName : null, birthDate };
}

function contactOf({ random }: Ground, personId: string, name: Name, commune: CommuneRow, nth: number, address?: string): PersonContactRow {
  const digits = String(random.int(0, 9999)).padStart(4, '0');
  return {
    personId,
    phone: random.chance(0.95) ? `06 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}` : null, // numbers kept for fiction
    email: random.chance(0.7) ? `${mailNameOf(name)}.${nth}@courriel.example` : null,
    address: address ?? `${random.int(1, 120)} ${random.pick(streets)}`,
    communeCode: commune.code,
  };
} // prettier-ignore

const streets = ['rue de la République', 'rue des Lilas', 'rue du Stade', 'allée des Tilleuls', 'rue Pasteur', 'avenue Jean-Jaurès', 'impasse du Moulin', 'rue des Écoles', 'chemin des Vignes', 'rue Victor-Hugo', 'place du Marché', 'rue de Bretagne']; // prettier-ignore

/** From 18 to 63, most between 25 and 50. */
function ageOf(chance: number): number {
  return 18 + 46 * (chance < 0.15 ? chance * 1.1 : 0.13 + (chance - 0.15) * 1.02);
}

function soughtBy(chance: number): OfferKind {
  const kinds: OfferKind[] = ['INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB', 'QUALIFYING_TRAINING', 'MOBILITY', 'HOUSING', 'REMOBILISATION', 'LITERACY', 'HEALTH', 'DIGITAL']; // prettier-ignore
  return kinds[Math.floor(chance * chance * kinds.length)]!;
}

const near: Record<string, Partial<Record<string, number>>> = {
  244400404: { council: 40, 'ft-nantes': 20, plie: 16, 'ccas-nantes': 12, 'ccas-reze': 4, 'passerelles-loire': 6, 'cap-emploi': 3 },
  244400644: { council: 38, 'ft-saint-nazaire': 24, 'plie-estuaire': 18, 'ccas-saint-nazaire': 16, 'cap-emploi': 3 },
  200072726: { council: 45, 'ft-chateaubriant': 32, 'ccas-chateaubriant': 20 },
}; // prettier-ignore
const elsewhere = { council: 60, 'ft-saint-nazaire': 14, 'ft-nantes': 14, 'passerelles-loire': 6, 'cap-emploi': 3, 'maison-rurale': 5 }; // prettier-ignore

/** The young go to the mission locale; the others to whom orientation sends them, near where they live. */
function referentOf({ random }: Ground, partners: Partners, { epciCode }: CommuneRow, age: number): Partner {
  if (age < 26 && random.chance(0.8)) {
    const west = ['244400644', '244400610', '244400586'].includes(epciCode!);
    return partners.of(west ? 'ml-saint-nazaire' : 'ml-nantes');
  }
  return partners.of(random.weighted(near[epciCode!] ?? elsewhere));
}

function memberFor({ random }: Ground, of: Partner, epci: string, email?: string): DemoMember {
  if (email) return of.members.find((member) => member.email === email)!;
  const able = of.members.filter(({ roles }) => roles.includes('COORDINATOR'));
  const local = able.filter(({ people, territory }) => people !== 'TERRITORY' || territory.includes(epci));
  return random.pick(local.length ? local : able.length ? able : of.members);
}

type Followed = Pick<DemoPerson, 'row' | 'created' | 'referent' | 'member'>;

function referentRow({ time }: Ground, { row, created, referent, member }: Followed): ReferentRow {
  return {
    id: time.id('Referent', created),
    personId: row.id,
    organisationId: referent.id,
    memberId: member.id,
    legalBasis: 'PUBLIC_INTEREST',
    since: parisDay(iso(created)),
    until: null,
  };
}

/** A few changed referent, the mover of the story among them. */
function moved(ground: Ground, partners: Partners, person: DemoPerson): void {
  const { time, random } = ground;
  const mover = person.key === 'mover';
  if (!person.referents[0] || (!mover && (person.key || !random.chance(0.03)))) return;
  const day = Math.max(time.offset(person.created) + 1, mover ? -70 : -random.int(20, 200));
  if (day > -2) return;
  const before = person.referents[0];
  const former = partners.of(mover ? 'ccas-saint-nazaire' : 'council');
  if (former === person.referent) return;
  before.until = time.day(day);
  before.organisationId = former.id;
  before.memberId = memberFor(ground, former, mover ? former.epciCode : person.row.epciCode!).id;
  const at = time.at(day, 9, 30);
  person.referents.push({ ...before, id: time.id('Referent', at), organisationId: person.referent.id, memberId: person.member.id, since: time.day(day), until: null });
} // prettier-ignore
