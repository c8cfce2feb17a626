import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { recount } from '../../src/indicators/figure.store.ts';
import { personInTables } from './referrals.ts';
import { offerInTables } from './vacancies.ts';
import type { Partner, World } from './world.ts';

export interface StayOf {
  from: string;
  to?: string;
  offer?: string;
  vacancy?: string;
  outcome?: { kind: string; contract?: string; from?: string; to?: string; certification?: string };
}

/** People and placements of any day straight in their tables, as history that nobody could type today. */
export class Past {
  private constructor(
    readonly world: World,
    readonly sender: Partner,
    readonly receiver: Partner,
    readonly offer: string,
  ) {}

  static async open(world: World): Promise<Past> {
    const sender = await world.organisation({ kind: 'PLIE' });
    const receiver = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
    return new Past(world, sender, receiver, await offerInTables(receiver));
  }

  async person(epci = '244400404'): Promise<string> {
    const id = await personInTables(this.sender);
    await this.write(sql`update person set epci_code = ${epci} where id = ${id}`);
    return id;
  }

  async stay(person: string, { from, to, offer = this.offer, vacancy, outcome }: StayOf): Promise<string> {
    const [referral, id] = [newId('Referral'), newId('Placement')];
    const [sender, receiver] = [this.sender.id, this.receiver.id];
    await this.write(sql`insert into referral (id, person_id, offer_id, sender_id, receiver_id, state, origin, disclose, agreement_on, created_at, updated_at)
      values (${referral}, ${person}, ${offer}, ${sender}, ${receiver}, 'CLOSED', 'REFERRAL', 'AT_ACKNOWLEDGEMENT', ${from}, ${from}::date, ${from}::date)`);
    await this.write(sql`insert into placement (id, referral_id, person_id, offer_id, vacancy_id, sender_id, receiver_id, state, origin, exclusive, takes_place,
        started_on, ended_on, end_reason, created_at, updated_at)
      values (${id}, ${referral}, ${person}, ${offer}, ${vacancy ?? null}, ${sender}, ${receiver}, ${to ? 'ENDED' : 'STARTED'}, 'REFERRAL', false, false,
        ${from}, ${to ?? null}, ${to ? 'COMPLETED' : null}, ${from}::date, ${from}::date)`);
    if (to) await this.outcome(id, to, outcome ?? { kind: 'UNEMPLOYED' });
    await this.counted(person);
    return id;
  } // prettier-ignore

  private async outcome(placement: string, endedOn: string, { kind, contract, from, to, certification }: NonNullable<StayOf['outcome']>) {
    await this.write(sql`insert into outcome (placement_id, kind, contract_kind, from_day, to_day, certification, ended_on, end_reason, known_from)
      values (${placement}, ${kind}, ${contract ?? null}, ${from ?? null}, ${to ?? null}, ${certification ?? null}, ${endedOn}, 'COMPLETED', ${endedOn}::date)`);
  } // prettier-ignore

  /** What is known from now on of how it ended. */
  async toldOtherwise(placement: string, endedOn: string, { kind, contract, from }: NonNullable<StayOf['outcome']>): Promise<void> {
    const now = this.world.clock.now();
    await this.write(sql`update outcome set known_until = ${now} where placement_id = ${placement} and known_until is null`);
    await this.write(sql`insert into outcome (placement_id, kind, contract_kind, from_day, ended_on, end_reason, known_from)
      values (${placement}, ${kind}, ${contract ?? null}, ${from ?? null}, ${endedOn}, 'COMPLETED', ${now})`);
  } // prettier-ignore

  /** A right to the minimum income from a day, until before another. */
  async right(person: string, from: string, { until = null as string | null, state = 'OPEN', role = 'ALLOCATAIRE', told = true } = {}) {
    const id = newId('Entitlement');
    await this.write(sql`insert into entitlement (id, person_id, benefit, role, organism, created_at, updated_at)
      values (${id}, ${person}, 'RSA', ${role}, 'CAF', ${from}::date, ${from}::date)`);
    await this.write(sql`insert into entitlement_period (id, entitlement_id, person_id, state, from_day, until_day, known_from)
      values (${newId('EntitlementPeriod')}, ${id}, ${person}, ${state}, ${from}, ${until}, ${this.world.clock.now()})`);
    if (told) await this.counted(person);
  } // prettier-ignore

  async pathway(person: string, from: string, to: string | null = null, due = from): Promise<string> {
    const [by, id] = [this.sender.id, newId('Pathway')];
    await this.write(sql`insert into pathway (id, person_id, began_on, ended_on, end_reason, orientation, decided_by, referent_organisation_id,
        engagement_due_on, created_at, updated_at)
      values (${id}, ${person}, ${from}, ${to}, ${to ? 'RIGHT_CLOSED' : null}, 'PROFESSIONAL', ${by}, ${by}, ${due},
        ${from}::date, ${from}::date)`);
    await this.counted(person);
    return id;
  } // prettier-ignore

  /** Counts them as the hub does after each step. */
  async counted(...people: string[]): Promise<void> {
    await this.world.db.write(this.world.hub, (tx) => recount(tx, people));
  }

  async write(query: ReturnType<typeof sql>): Promise<void> {
    await this.world.db.write(this.world.hub, (tx) => tx.change(query, 1));
  }
}
