import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { openAccess } from '../../src/people/access.ts';
import { Category } from '../../src/people/access.rules.ts';
import type { Client } from './client.ts';
import { offerInTables } from './vacancies.ts';
import type { Asking, Partner, World } from './world.ts';

const everything = Object.values(Category);

/** A person registered by this partner: straight in the tables. */
export async function personInTables(
  registrar: Partner,
  reason: 'REGISTRAR' | 'REFERENT' = 'REGISTRAR',
): Promise<string> {
  const { world } = registrar;
  const id = newId('Person');
  await world.db.write(hubViewer('test'), async (tx) => {
    await tx.change(sql`insert into person (id, reference, registered_by, created_at, updated_at)
      values (${id}, ${`P-TEST${world.next()}`}, ${registrar.id}, ${tx.now}, ${tx.now})`);
    await openAccess(tx, {
      person: id,
      organisation: registrar.id,
      categories: everything,
      reason,
      source: id,
    });
  });
  return id;
}

/** Lets another partner follow the person too, as the council does by its programme. */
export async function alsoFollowedBy(partner: Partner, person: string): Promise<void> {
  await partner.world.db.write(hubViewer('test'), (tx) =>
    openAccess(tx, {
      person,
      organisation: partner.id,
      categories: everything,
      reason: 'PROGRAMME',
      source: partner.id,
    }),
  );
}

/** A vacancy of an offer straight in its table. */
export async function vacancyOf(
  partner: Partner,
  offer: string,
  places: number | null,
  startsOn: string | null = null,
): Promise<string> {
  const id = newId('Vacancy');
  await partner.world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`insert into vacancy (id, offer_id, organisation_id, state, places, starts_on, commune_code, created_at, updated_at)
      values (${id}, ${offer}, ${partner.id}, 'OPEN', ${places}, ${startsOn}, '44109', ${tx.now}, ${tx.now})`),
  );
  return id;
}

export const agreed = { given: true, on: '2026-11-20', how: 'IN_PERSON' };

export const referralSelection = `referral { id state reason version deadline waitingRank placeOfferedUntil
  vacancy { id } offer { id } sender { id } receiver { id } follower { id } previous { id } next { id } }`;

export type Person = string;

/** Sender and receiver that cannot see each other's people, a published offer and what is needed to refer to it. */
export class Scene {
  private constructor(
    readonly world: World,
    readonly sender: Partner,
    readonly receiver: Partner,
    readonly coordinator: Asking,
    readonly provider: Asking,
    readonly offer: string,
  ) {}

  static async open(world: World, offerOver: object = {}): Promise<Scene> {
    const sender = await world.organisation({ kind: 'PLIE' });
    const receiver = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
    const coordinator = await sender.member({ roles: ['COORDINATOR'] });
    const provider = await receiver.member({ roles: ['PROVIDER'] });
    return new Scene(
      world,
      sender,
      receiver,
      coordinator,
      provider,
      await offerInTables(receiver, offerOver),
    );
  }

  vacancy(places: number | null, startsOn: string | null = null): Promise<string> {
    return vacancyOf(this.receiver, this.offer, places, startsOn);
  }

  person(): Promise<string> {
    return personInTables(this.sender);
  }

  /** The whole payload of `referPerson`. */
  async refer(over: Record<string, unknown> = {}, as: Client = this.coordinator) {
    const person = over.person ?? (await this.person());
    const where = over.vacancy ? {} : { offer: this.offer };
    const input = { ...where, send: true, personAgreement: agreed, ...over, person };
    return as.run('referPerson', 'NewReferral', input, referralSelection);
  }

  /** A sent referral; fails when refused. */
  async sent(over: Record<string, unknown> = {}) {
    return done(await this.refer(over));
  }

  /** Sends so many people to one vacancy. */
  async manySent(count: number, vacancy: string) {
    const sent = [];
    while (sent.length < count) {
      const asked = [];
      for (let n = sent.length; n < Math.min(count, sent.length + 10); n++)
        asked.push({
          ...{ mutation: 'referPerson', inputType: 'NewReferral', selection: referralSelection },
          input: { vacancy, send: true, personAgreement: agreed, person: await this.person() },
        });
      sent.push(...(await this.coordinator.runAll(asked)).map(done));
    }
    return sent;
  }

  async acknowledged(over: Record<string, unknown> = {}) {
    return done(await this.move(this.provider, 'acknowledgeReferral', (await this.sent(over)).id));
  }

  async accepted(over: Record<string, unknown> = {}) {
    return done(await this.move(this.provider, 'acceptReferral', (await this.sent(over)).id));
  }

  async waitlisted(vacancy: string) {
    return done(await this.move(this.provider, 'waitlistReferral', (await this.sent({ vacancy })).id));
  }

  /** The whole payload of a move. */
  move(as: Client, mutation: keyof typeof inputTypes, referral: string, more: object = {}) {
    return as.run(mutation, inputTypes[mutation], { referral, ...more }, referralSelection);
  }
}

/** One person accepted for two vacancies of an exclusive offer: both referrals. */
export async function acceptedTwice(scene: Scene): Promise<[string, string]> {
  const person = await scene.person();
  const one = await scene.accepted({ vacancy: await scene.vacancy(1), person });
  const other = await scene.accepted({ vacancy: await scene.vacancy(1), person });
  return [one.id, other.id];
}

export const inputTypes = {
  sendReferral: 'ReferralSending',
  acknowledgeReferral: 'ReferralAcknowledgement',
  acceptReferral: 'ReferralAcceptance',
  waitlistReferral: 'ReferralWaitlisting',
  declineReferral: 'ReferralDeclining',
  withdrawReferral: 'ReferralWithdrawal',
  rerouteReferral: 'ReferralRerouting',
  bindReferral: 'ReferralBinding',
  cancelAcceptance: 'AcceptanceCancellation',
  requestReferralCancellation: 'CancellationRequest',
  confirmReferralCancellation: 'CancellationConfirmation',
  keepReferral: 'ReferralKeeping',
  reinstateReferral: 'ReferralReinstatement',
  skipWaitlistedReferral: 'PlaceSkipping',
  reconfirmWait: 'WaitReconfirmation',
  requestInformation: 'NewInformationRequest',
  provideInformation: 'InformationProviding',
  withdrawInformationRequest: 'InformationRequestWithdrawal',
  addReferralNote: 'NewReferralNote',
} as const;

export function done(payload: any) {
  if (payload.userErrors.length) throw new Error(JSON.stringify(payload));
  return payload.referral;
}

export const refusal = (payload: any) => payload.userErrors[0]?.code ?? null;
