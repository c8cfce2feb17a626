import fc from 'fast-check';
import sql from 'sql-template-tag';
import { addDays } from '../../src/kernel/clock.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import type { Client } from '../kit/client.ts';
import { newPerson } from '../kit/people.ts';
import { cddi, toJob } from '../kit/placements.ts';
import { agreed, Scene } from '../kit/referrals.ts';
import { rebuilt, stored } from '../kit/rights.ts';
import { World, type Partner } from '../kit/world.ts';

/**
 * After any history, lived through the API, the rights stored are those worked out again from what happened (`kit/rights`),
 * today and on the days on which rights end by themselves.
 */
let world: World;
let council: Partner;
const followers: { partner: Partner; client: Client & { memberId: string } }[] = [];
const scenes: Scene[] = [];

beforeAll(async () => {
  world = await World.open();
  council = await world.organisation({ kind: 'COUNCIL' });
  for (const kind of ['PLIE', 'EMPLOYMENT_SERVICE'] as const) {
    const partner = await world.organisation({ kind });
    followers.push({ partner, client: await partner.member({ roles: ['COORDINATOR'] }) });
  }
  for (let n = 0; n < 2; n++) scenes.push(await Scene.open(world));
});
afterAll(() => world.close());

interface Step {
  verb: keyof typeof verbs;
  /** Of those there are, which person, referral or placement, and which partner. */
  which: number;
  who: number;
}

const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % from.length];
const clientOf = (organisation: string) =>
  followers.find(({ partner }) => partner.id === organisation)?.client ??
  scenes.find(({ receiver }) => receiver.id === organisation)?.provider;

const row = async (table: 'person' | 'referral' | 'placement', which: number) => {
  const rows = await world.rows(
    table === 'person' ? sql`select * from person order by id desc limit 3`
    : table === 'referral' ? sql`select * from referral order by id desc limit 4`
    : sql`select * from placement order by id desc limit 3`); // prettier-ignore
  return pick(rows, which);
};

/** A move of the last referrals or placements, by the side that could make it; what is refused changes nothing. */
const move =
  (mutation: string, inputType: string, side: 'receiver_id' | 'follower_id', more: object = {}) =>
  async ({ which }: Step) => {
    const referral = await row('referral', which);
    const input = { referral: referral?.id, ...more };
    if (referral) await clientOf(referral[side])?.run(mutation, inputType, input, '');
  };
const ofPlacement =
  (mutation: string, inputType: string, more: (placement: any) => object) =>
  async ({ which }: Step) => {
    const placement = await row('placement', which);
    const input = { placement: placement?.id, ...(placement && more(placement)) };
    if (placement) await clientOf(placement.receiver_id)!.run(mutation, inputType, input, '');
  };
const today = () => world.clock.now().slice(0, 10);

const verbs = {
  register: ({ who, which }: Step) => {
    const referent = [undefined, {}, { organisation: pick(followers, who + 1)!.partner.id }][which % 3];
    const input = newPerson(referent && { referent });
    return pick(followers, who)!.client.run('registerPerson', 'NewPerson', input, '');
  },
  assign: async ({ which, who }: Step) => {
    const person = await row('person', which);
    const input = { person: person?.id, organisation: pick(followers, who)!.partner.id, legalBasis: 'PUBLIC_INTEREST' };
    if (person) for (const { client } of followers) await client.run('assignReferent', 'ReferentAssignment', input, '');
  },
  refer: async ({ which, who }: Step) => {
    const person = await row('person', which);
    const disclose = ['AT_ACKNOWLEDGEMENT', 'AT_MEETING', 'AT_ACCEPTANCE'][which % 3];
    const input = { person: person?.id, offer: pick(scenes, who)!.offer, send: true, personAgreement: agreed, disclose };
    if (person) for (const { client } of followers) await client.run('referPerson', 'NewReferral', input, '');
  },
  acknowledge: move('acknowledgeReferral', 'ReferralAcknowledgement', 'receiver_id'),
  meet: async (step: Step) => {
    const { id: referral, receiver_id: receiver, offer_id: offer } = (await row('referral', step.which)) ?? {};
    const provider = clientOf(receiver);
    if (!referral || !provider) return;
    const at = addDays(world.clock.now(), 1);
    const input = { offer, kind: 'INDIVIDUAL', way: 'PHONE', at, minutes: 30, referrals: [referral] };
    const { meeting } = await provider.run('scheduleMeeting', 'NewMeeting', input, 'meeting { id }');
    world.clock.advanceDays(1);
    const lines = [{ referral, outcome: step.who % 2 ? 'HELD' : 'NO_SHOW' }];
    if (meeting) await provider.run('recordMeeting', 'MeetingRecord', { meeting: meeting.id, lines }, '');
  },
  accept: move('acceptReferral', 'ReferralAcceptance', 'receiver_id'),
  waitlist: move('waitlistReferral', 'ReferralWaitlisting', 'receiver_id'),
  decline: move('declineReferral', 'ReferralDeclining', 'receiver_id', { reason: 'NO_POSITION' }),
  withdraw: move('withdrawReferral', 'ReferralWithdrawal', 'follower_id', { reason: 'OTHER' }),
  cancel: move('cancelAcceptance', 'AcceptanceCancellation', 'receiver_id', { reason: 'MISTAKE' }),
  request: move('requestReferralCancellation', 'CancellationRequest', 'follower_id', { reason: 'BETTER_PROPOSAL' }),
  confirm: move('confirmReferralCancellation', 'CancellationConfirmation', 'receiver_id'),
  reinstate: move('reinstateReferral', 'ReferralReinstatement', 'follower_id'),
  start: async ({ which }: Step) => {
    const referral = await row('referral', which);
    const input = { referral: referral?.id, startedOn: today(), contract: { ...cddi, to: addDays(world.clock.now(), 200).slice(0, 10) } };
    if (referral) await clientOf(referral.receiver_id)!.run('startPlacement', 'PlacementStart', input, '');
  },
  undo: ofPlacement('undoStart', 'StartUndoing', () => ({})),
  end: ofPlacement('endPlacement', 'PlacementEnd', () => ({ endedOn: today(), outcome: { ...toJob, from: today() } })),
  followUp: ofPlacement('recordFollowUp', 'FollowUpRecord', () => ({ months: 6, situation: 'SAME_JOB', on: today() })),
  wait: async ({ who }: Step) => {
    world.clock.advanceDays([1, 7, 40][who % 3]!);
    await sweepReferrals(world.db, (error) => { throw error; });
  },
}; // prettier-ignore

/** What leads somewhere more often than not: a person, a referral and its acceptance come before all else. */
const usual = [
  'register',
  'assign',
  'refer',
  'refer',
  'acknowledge',
  'meet',
  'accept',
  'accept',
  'start',
  'start',
  'end',
];
const steps = fc.array(
  fc.record({
    verb: fc.constantFrom(...([...Object.keys(verbs), ...usual] as (keyof typeof verbs)[])),
    which: fc.nat(5),
    who: fc.nat(5),
  }),
  { minLength: 10, maxLength: 30 },
);

/** The one that goes all the way, whatever chance makes of the others. */
const wholeWay = (['refer', 'acknowledge', 'accept', 'start', 'end'] as const).map((verb) => ({
  verb,
  which: 0,
  who: 0,
}));

test('whatever happened, the rights stored are those that the facts give, today and when they end by themselves', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      await verbs.register({ verb: 'register', which: 0, who: 0 });
      for (const step of history) {
        world.clock.advanceDays(1 / 24);
        await verbs[step.verb](step);
      }
      for (const later of [0, 29, 31, 214, 216]) {
        const instant = addDays(world.clock.now(), later);
        expect(await stored(world, instant)).toEqual(await rebuilt(world, council, instant));
      }
    }),
    // the world keeps what each history left: a shorter one would not begin where this one did
    { numRuns: 8, endOnFailure: true, examples: [[wholeWay]] },
  );
  const [{ reasons, placed }] = (await world.rows(sql`select count(distinct reason)::integer as reasons,
    (select count(*)::integer from placement where state = 'ENDED') as placed from person_access`)) as any;
  expect(reasons).toBe(5);
  expect(placed).toBeGreaterThan(0);
}, 120_000);
