import sql from 'sql-template-tag';
import { ReferralState } from '../../src/referrals/referral.rules.ts';
import type { Client } from '../kit/client.ts';
import { rehearse } from '../kit/mutations.ts';
import { cddi } from '../kit/placements.ts';
import { agreed } from '../kit/referrals.ts';
import { Partner, World } from '../kit/world.ts';

/** `availableMoves` promises what the mutations then do: played over the demo's referrals, in every state, by each side. */
let world: World;
let elsewhere: string;

beforeAll(async () => {
  world = await World.openDemo();
  const [open] = await world.rows<{ id: string }>(sql`select v.id from vacancy v join offer o on o.id = v.offer_id
    where v.state = 'OPEN' and o.state = 'PUBLISHED' and v.free > 0 order by v.id desc limit 1`);
  elsewhere = open!.id;
}, 60_000); // prettier-ignore
afterAll(() => world.close());

interface Row {
  id: string;
  sender: string;
  receiver: string;
  vacancy: string | null;
  placement: string | null;
}

const mutations: Record<string, (row: Row) => [name: string, type: string, noun: string, input: object] | null> = {
  SEND: ({ id }) => ['sendReferral', 'ReferralSending', 'referral', { referral: id, personAgreement: agreed }],
  ACKNOWLEDGE: ({ id }) => ['acknowledgeReferral', 'ReferralAcknowledgement', 'referral', { referral: id }],
  BIND: ({ id, vacancy }) => vacancy ? ['bindReferral', 'ReferralBinding', 'referral', { referral: id, vacancy }] : null,
  ACCEPT: ({ id }) => ['acceptReferral', 'ReferralAcceptance', 'referral', { referral: id }],
  WAITLIST: ({ id }) => ['waitlistReferral', 'ReferralWaitlisting', 'referral', { referral: id }],
  DECLINE: ({ id }) => ['declineReferral', 'ReferralDeclining', 'referral', { referral: id, reason: 'OTHER' }],
  WITHDRAW: ({ id }) => ['withdrawReferral', 'ReferralWithdrawal', 'referral', { referral: id, reason: 'MISTAKE' }],
  REROUTE: ({ id }) => ['rerouteReferral', 'ReferralRerouting', 'referral', { referral: id, vacancy: elsewhere, personAgreement: agreed }],
  CANCEL_ACCEPTANCE: ({ id }) => ['cancelAcceptance', 'AcceptanceCancellation', 'referral', { referral: id, reason: 'MISTAKE' }],
  REQUEST_CANCELLATION: ({ id }) => ['requestReferralCancellation', 'CancellationRequest', 'referral', { referral: id, reason: 'OTHER' }],
  CONFIRM_CANCELLATION: ({ id }) => ['confirmReferralCancellation', 'CancellationConfirmation', 'referral', { referral: id }],
  KEEP: ({ id }) => ['keepReferral', 'ReferralKeeping', 'referral', { referral: id }],
  REINSTATE: ({ id }) => ['reinstateReferral', 'ReferralReinstatement', 'referral', { referral: id }],
  START: ({ id }) => ['startPlacement', 'PlacementStart', 'placement', { referral: id, startedOn: '2026-11-23', contract: cddi }],
  UNDO_START: ({ placement }) => placement ? ['undoStart', 'StartUndoing', 'placement', { placement }] : null,
}; // prettier-ignore

/** What depends on what is said with the move, or on the person elsewhere: no promise was made of it. */
const ofTheInput = ['INVALID_INPUT', 'ALREADY_REFERRED', 'OVERLAPPING_PLACEMENT'];

const clients = new Map<string, Promise<Client>>();
const memberOf = (organisation: string) => {
  const known = clients.get(organisation) ?? new Partner(world, organisation, '').member();
  clients.set(organisation, known);
  return known;
};

test.each(Object.keys(ReferralState))('%s', async (state) => {
  const rows = await world.rows<Row>(sql`
    (select r.id, sender_id as sender, receiver_id as receiver, r.vacancy_id as vacancy,
      (select p.id from placement p where p.referral_id = r.id) as placement
    from referral r where r.state = ${state} and sender_id <> receiver_id order by md5(r.id) limit 1)
    union all
    (select r.id, sender_id, receiver_id, r.vacancy_id, (select p.id from placement p where p.referral_id = r.id)
    from referral r where r.state = ${state} and sender_id <> receiver_id order by r.updated_at desc, r.id limit 1)`);
  const broken: string[] = [];
  for (const row of rows)
    for (const side of ['sender', 'receiver'] as const) {
      const client = await memberOf(row[side]);
      const rehearsal = rehearse(world);
      const promises = await brokenPromises(client, row).finally(rehearsal.curtain);
      broken.push(...promises.map((promise) => `${row.id} ${side}: ${promise}`));
    }
  expect(rows.length).toBeGreaterThan(0);
  expect(broken).toEqual([]);
});

interface Promised {
  move: string;
  allowed: boolean;
  whyNot: string | null;
}

async function brokenPromises(client: Client, row: Row): Promise<string[]> {
  const query = 'query ($id: ID!) { referral(id: $id) { availableMoves { move allowed whyNot } } }';
  const { referral } = await client.get(query, { id: row.id });
  const promises = (referral?.availableMoves ?? []).flatMap((promise: Promised) => {
    const mutation = mutations[promise.move]!(row);
    return mutation ? [{ ...promise, mutation }] : [];
  }) as (Promised & { mutation: [string, string, string, object] })[];
  if (!promises.length) return [];
  const answers = await client.runAll(
    promises.map(({ mutation: [mutation, inputType, noun, input] }) => ({
      ...{ mutation, inputType, input, selection: `${noun} { id }` },
    })),
  );
  return promises.flatMap(({ move, allowed, whyNot }, at) => {
    const code = answers[at].userErrors[0]?.code ?? null;
    const kept = allowed ? code === null || ofTheInput.includes(code) : code === whyNot;
    return kept ? [] : [`${move} promised ${allowed ? 'allowed' : whyNot}, answered ${code}`];
  });
}
