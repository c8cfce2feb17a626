import type { PersonLinkRow, PersonLinkStepRow } from '../doubles/link.row.ts';
import type { LinkReason, LinkState } from '../doubles/link.rules.ts';
import type { PersonCountRow } from '../people/count.row.ts';
import type { PersonNumberRow } from '../people/number.row.ts';
import { type Holder, openedTo } from '../people/closed.rules.ts';
import type { Rights } from './access.ts';
import type { Ground, Rows } from './ground.ts';
import type { DemoPerson } from './people.ts';
import { iso, Timeline } from './timeline.ts';

const nantes = '244400404';
const number = '4400217B';

interface Story {
  state: LinkState;
  reason?: LinkReason;
}

/** People two partners registered: one whose referent is asked, one joined by its number, one that was two people. */
const stories: readonly Story[] = [
  { state: 'PROPOSED' },
  { state: 'CONFIRMED', reason: 'PERSON_SAYS' },
  { state: 'REFUSED', reason: 'RECORDS_DIFFER' },
];

interface Pair {
  older: DemoPerson;
  newer: DemoPerson;
}

/** The second record takes the name of the first, as another partner would have typed it. */
export function doublesOf(
  { random, time: { now } }: Ground,
  people: readonly DemoPerson[],
  rights: Rights,
  holderOf: (organisation: string) => Holder,
): Rows {
  // a chance of its own: the rest of the demo stays as it was
  const time = new Timeline(iso(now), random.stream('doubles'));
  const links: PersonLinkRow[] = [];
  const steps: PersonLinkStepRow[] = [];
  const counts: Partial<PersonCountRow>[] = [];
  const numbers: PersonNumberRow[] = [];
  pairsAmong(people).forEach((pair, nth) => {
    const { state, reason } = stories[nth]!;
    rename(pair, nth);
    const link = linkOf(time, pair, state);
    links.push(link);
    steps.push(...stepsOf(time, link, pair, reason));
    openTo(holderOf(pair.older.referent.id), { rights, pair, link });
    const [older, newer] = [pair.older.row.id, pair.newer.row.id];
    const count = { foundId: null, foundBy: null, comparedAt: link.createdAt, due: false };
    const countedAs = state === 'REFUSED' ? newer : older;
    counts.push(
      { personId: older, sameAs: older, countedAs: older, ...count },
      { personId: newer, sameAs: state === 'CONFIRMED' ? older : newer, countedAs, ...count },
    );
    if (link.ground === 'NUMBER')
      for (const personId of [older, newer]) numbers.push({ personId, franceTravail: number, passIae: null });
  });
  return { person_number: numbers, person_link: links, person_link_step: steps, person_count: counts };
}

/** Of Nantes, so that both the council's coordinator and the referent see them; followed by two different partners. */
function pairsAmong(people: readonly DemoPerson[]): Pair[] {
  const free = people.filter(({ key, row, referents }) => key === null && row.epciCode === nantes && referents.length === 1);
  return stories.map(() => {
    const older = free.shift()!;
    const at = free.findIndex((each) => each.isWoman === older.isWoman && each.referent !== older.referent);
    return { older, newer: free.splice(at, 1)[0]! };
  });
} // prettier-ignore

function rename({ older, newer }: Pair, nth: number): void {
  const { firstName, lastName, birthDate } = older.identity;
  const typed = nth === 0 ? { lastName: lastName.toUpperCase(), firstName: firstName.toUpperCase() } : { firstName, lastName };
  Object.assign(newer.identity, { ...typed, birthName: null, birthDate });
  newer.row.birthYear = older.row.birthYear;
  newer.contact.email = null;
} // prettier-ignore

function linkOf(time: Timeline, { older, newer }: Pair, state: LinkState): PersonLinkRow {
  const decided = state === 'PROPOSED' ? null : iso(decidedAt(newer));
  return {
    id: time.id('PersonLink', newer.created),
    personId: newer.row.id,
    intoId: older.row.id,
    deciderId: older.referent.id,
    state,
    ground: state === 'CONFIRMED' ? 'NUMBER' : 'NAME_AND_BIRTH_DATE',
    decidedAt: decided,
    version: decided ? 2 : 1,
    createdAt: iso(newer.created),
    updatedAt: decided ?? iso(newer.created),
  };
}

const decidedAt = ({ created }: DemoPerson) => created + 3 * 3_600_000;

function stepsOf(time: Timeline, link: PersonLinkRow, { older, newer }: Pair, reason?: LinkReason): PersonLinkStepRow[] {
  const line = { linkId: link.id, fromState: null, reason: null, organisationId: null, memberId: null };
  const proposed: PersonLinkStepRow = {
    ...line,
    ...{ id: time.id('PersonLinkStep', newer.created), move: 'PROPOSE', toState: 'PROPOSED', actorKind: 'HUB', at: link.createdAt },
  };
  if (!reason) return [proposed];
  const move = link.state === 'CONFIRMED' ? 'CONFIRM' : 'REFUSE';
  const by = { actorKind: 'MEMBER', organisationId: older.referent.id, memberId: older.member.id };
  const id = time.id('PersonLinkStep', decidedAt(newer));
  return [proposed, { ...line, ...by, id, move, fromState: 'PROPOSED', toState: link.state, reason, at: link.decidedAt! }];
} // prettier-ignore

interface Opening {
  rights: Rights;
  pair: Pair;
  link: PersonLinkRow;
}

function openTo(holder: Holder, { rights, pair: { older, newer }, link }: Opening): void {
  const side = { organisationId: older.referent.id, memberId: older.member.id };
  for (const category of ['CORE', 'IDENTITY'] as const)
    rights.give(newer.row.id, side, category, 'LINK', link.id, newer.created).validUntil = link.decidedAt;
  if (link.state !== 'CONFIRMED') return;
  for (const category of openedTo('REGISTRAR', holder))
    rights.give(newer.row.id, side, category, 'SAME_PERSON', link.id, decidedAt(newer));
}
