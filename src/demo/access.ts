import type { PersonAccessRow } from '../people/access.row.ts';
import { following, type AccessReason, type Category } from '../people/access.rules.ts';
import { type Holder, openedTo } from '../people/closed.rules.ts';
import type { ReferentRow } from '../people/referent.row.ts';
import type { DemoPerson } from './people.ts';
import { iso } from './timeline.ts';
import type { Timeline } from './timeline.ts';

export type NewRight = Omit<PersonAccessRow, 'id' | 'endedTold'>;
interface Side {
  organisationId: string;
  memberId: string | null;
}

/** The rights that the demo's facts gave and ended: the same rows that living facts would have written. */
export class Rights {
  readonly rows: NewRight[] = [];
  private readonly open = new Map<string, NewRight>();
  private readonly people: Map<string, DemoPerson>;

  constructor(
    people: readonly DemoPerson[],
    private readonly holderOf: (organisation: string) => Holder,
  ) {
    this.people = new Map(people.map((person) => [person.row.id, person]));
  }

  /** Rights given and ended together, in one row with their categories one after the other. */
  packed(): object[] {
    const together = new Map<string, NewRight & { categories: string[] }>();
    for (const row of this.rows) {
      const { personId, organisationId, sourceId, reason, memberId, validFrom, validUntil } = row;
      const key = [personId, organisationId, sourceId, reason, memberId, validFrom, validUntil].join();
      const known = together.get(key);
      if (known) known.categories.push(row.category);
      else together.set(key, { ...row, categories: [row.category] });
    }
    return [...together.values()].map(({ categories, ...row }) => ({ ...row, category: categories.join() }));
  }

  /** What a referral or placement showed of its person, and no longer does. */
  shift(
    source: { id: string; personId: string },
    side: Side,
    was: readonly Category[],
    is: readonly Category[],
    at: number,
  ): void {
    for (const category of was)
      if (!is.includes(category)) this.end(source.personId, side.organisationId, category, source.id, at);
    for (const category of is)
      if (!was.includes(category)) this.give(source.personId, side, category, 'REFERRAL', source.id, at);
  }

  give(
    personId: string,
    { organisationId, memberId }: Side,
    category: Category,
    reason: AccessReason,
    sourceId: string,
    from: number,
  ): NewRight {
    const row: NewRight = {
      personId,
      organisationId,
      category,
      reason,
      sourceId,
      memberId,
      territory: this.people.get(personId)!.row.epciCode,
      legalBasis: following.includes(reason) ? 'PUBLIC_INTEREST' : null,
      validFrom: iso(from),
      validUntil: null,
    };
    this.rows.push(row);
    this.open.set([personId, organisationId, category, sourceId].join(), row);
    return row;
  }

  private end(personId: string, organisationId: string, category: Category, sourceId: string, at: number): void {
    const row = this.open.get([personId, organisationId, category, sourceId].join());
    if (row) row.validUntil = iso(at);
  } // prettier-ignore

  /** Following a person: who registered, who is or was referent, and the council for the programme. */
  follow(person: DemoPerson, council: string, time: Timeline): void {
    const { row, created, referents } = person;
    const first = referents[0];
    const registrar = {
      organisationId: row.registeredBy,
      memberId: row.registeredBy === person.referent.id ? person.member.id : null,
    };
    for (const category of openedTo('REGISTRAR', this.holderOf(row.registeredBy))) {
      const right = this.give(row.id, registrar, category, 'REGISTRAR', row.id, created);
      if (first && first.organisationId !== row.registeredBy) right.validUntil = iso(created);
    }
    for (const referent of referents) this.refer(row.id, referent, created, time);
    const current = referents.at(-1);
    const memberId = current?.organisationId === council ? current.memberId : null;
    for (const category of openedTo('PROGRAMME', this.holderOf(council)))
      this.give(row.id, { organisationId: council, memberId }, category, 'PROGRAMME', row.id, created);
  }

  private refer(person: string, referent: ReferentRow, created: number, time: Timeline): void {
    const offset = (day: string) => Math.round((Date.parse(day) - Date.parse(time.day(0))) / 86_400_000);
    const from = referent.since === time.day(time.offset(created)) ? created : time.at(offset(referent.since), 9, 30);
    for (const category of openedTo('REFERENT', this.holderOf(referent.organisationId))) {
      const right = this.give(person, referent, category, 'REFERENT', referent.id, from);
      if (referent.until) right.validUntil = iso(time.at(offset(referent.until), 9, 30));
    }
  } // prettier-ignore
}
