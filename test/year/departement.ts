import sql, { type Sql } from 'sql-template-tag';
import { Random } from '../../src/demo/random.ts';
import type { OfferKind } from '../../src/offers/offer.rules.ts';
import type { OrganisationKind } from '../../src/partners/organisation.rules.ts';
import { newPerson } from '../kit/people.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { councilOf, type Asking, type Partner, World } from '../kit/world.ts';

/** A small département: who refers, who receives, what they offer, and chance, which decides what each does next. */

export interface Actor {
  name: string;
  role: 'COORDINATOR' | 'PROVIDER' | 'MANAGER';
  partner: Partner;
  client: Asking;
  /** Its manager suspended it: from now on it can do nothing. */
  suspended: boolean;
}

const senders: [string, OrganisationKind][] = [
  ['the PLIE', 'PLIE'],
  ['the employment service', 'EMPLOYMENT_SERVICE'],
];
const receivers: [string, OrganisationKind, [OfferKind, boolean][]][] = [
  ['the work site', 'INSERTION_ENTERPRISE', [['INSERTION_WORKSITE', true]]],
  ['the intermediary', 'INSERTION_ENTERPRISE', [['INSERTION_ENTERPRISE_JOB', true], ['INSERTION_ENTERPRISE_JOB', false]]],
  ['the association', 'ASSOCIATION', [['DIGITAL', false]]],
  ['the training house', 'ASSOCIATION', [['QUALIFYING_TRAINING', false]]],
  ['the company', 'COMPANY', [['JOB', true]]],
]; // prettier-ignore

export class Departement {
  readonly actors: Actor[] = [];

  private constructor(
    readonly world: World,
    readonly random: Random,
    readonly council: Partner,
  ) {}

  /** As it stands on the first morning: partners, members, offers; people and vacancies come as the year goes. */
  static async open(seed: number, people: number): Promise<Departement> {
    const limits = { costPerMinute: 1_000_000_000 };
    const world = await World.open({ limits });
    const there = new Departement(world, new Random(`year ${seed}`), await councilOf(world));
    await there.join('the council', there.council, ['COORDINATOR', 'MANAGER']);
    for (const [name, kind] of senders)
      await there.join(name, await world.organisation({ kind }), ['COORDINATOR', 'COORDINATOR', 'MANAGER']);
    for (const [name, kind, offers] of receivers) {
      const partner = await world.organisation({ kind });
      await there.join(name, partner, ['PROVIDER', 'PROVIDER', 'MANAGER', 'COORDINATOR']);
      for (const [offerKind, exclusive] of offers)
        await offerInTables(partner, { kind: offerKind, exclusive });
    }
    for (let n = 0; n < people; n++) await there.register();
    return there;
  }

  /** One more member of a partner. */
  async join(name: string, partner: Partner, roles: Actor['role'][]): Promise<void> {
    for (const role of roles) {
      const client = await partner.member({ roles: [role] });
      const called = `${role.toLowerCase()} ${this.actors.length} of ${name}`;
      this.actors.push({ name: called, role, partner, client, suspended: false });
    }
  }

  private async register(): Promise<void> {
    const { random } = this;
    const who = this.someone('COORDINATOR', { kinds: ['PLIE', 'EMPLOYMENT_SERVICE'] })!;
    const input = newPerson(random.chance(0.7) ? { referent: {} } : {});
    const { userErrors } = await who.client.run('registerPerson', 'NewPerson', input, '');
    if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  }

  /** A member in this role, of one organisation or of these kinds; one who may still act. */
  someone(
    role: Actor['role'] | null,
    { of, kinds, notOf }: { of?: string | null; kinds?: OrganisationKind[]; notOf?: string } = {},
  ): Actor | null {
    const able = this.actors.filter(
      (each) =>
        !each.suspended &&
        (role === null || each.role === role) &&
        (of === undefined || each.partner.id === of) &&
        each.partner.id !== notOf &&
        (!kinds || kinds.some((kind) => each.partner.name.startsWith(kind))),
    );
    return able.length ? this.random.pick(able) : null;
  }

  /** One of the rows there are, whichever chance takes; null where there is none. */
  async one<T = any>(query: Sql): Promise<T | null> {
    const rows = await this.world.rows<T>(query);
    return rows.length ? this.random.pick(rows) : null;
  }

  /** A referral in one of these states, or, now and then, in any: what is refused changes nothing. */
  async referral(...states: string[]): Promise<any> {
    const anyState = this.random.chance(0.06) || states.length === 0;
    return this.one(
      anyState
        ? sql`select * from referral order by id`
        : sql`select * from referral where state = any(${states}) order by id`,
    );
  }

  async placement(...states: string[]): Promise<any> {
    return this.one(sql`select * from placement where state = any(${states}) order by id`);
  }

  get now(): string {
    return this.world.clock.now();
  }

  get today(): string {
    return this.day(0);
  }

  /** The day so many days from now, in Paris. */
  day(ahead: number): string {
    return new Date(Date.parse(this.now) + ahead * 86_400_000 + 3_600_000).toISOString().slice(0, 10);
  }

  close(): Promise<void> {
    return this.world.close();
  }
}
