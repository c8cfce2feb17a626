import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { asSuperuser } from '../kit/copy.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** What partners look at together each week: what expires, what is stale, who answers. */

let world: World;
let scene: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  council = await (await world.organisation({ kind: 'COUNCIL' })).member();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const list = async (by: Client, field: string) =>
  (await by.get(`{ partnersAgenda { ${field} { totalCount nodes { id } } } }`)).partnersAgenda[
    field
  ].nodes.map(({ id }: { id: string }) => id);

test('referrals that expire within three business days, of those each sees', async () => {
  const [soon, later, answered] = await Promise.all([1, 2, 3].map(async () => scene.sent({ vacancy: await scene.vacancy(1) })));
  done(await scene.move(scene.provider, 'declineReferral', answered.id, { reason: 'NO_POSITION' }));
  const due = (id: string, at: string) =>
    world.db.write(world.hub, (tx) => tx.change(sql`update referral set due_at = ${at} where id = ${id}`, 1));
  await due(soon.id, '2026-11-26T22:00:00Z');
  await due(later.id, '2026-11-27T09:00:00Z');
  for (const by of [scene.coordinator, scene.provider]) expect(await list(by, 'referralsExpiring')).toEqual([soon.id]);
  expect(await list(await (await world.organisation({ kind: 'PLIE' })).member(), 'referralsExpiring')).toEqual([]);
}); // prettier-ignore

test('offers of the catalogue nobody has confirmed for ninety days, for everybody', async () => {
  const stale = await offerInTables(scene.receiver, { confirmedAt: '2026-08-20T08:00:00Z' });
  const staler = await offerInTables(scene.receiver, { confirmedAt: '2026-05-20T08:00:00Z', state: 'SUSPENDED' });
  await offerInTables(scene.receiver, { confirmedAt: '2026-08-26T08:00:00Z' });
  await offerInTables(scene.receiver, { confirmedAt: '2026-05-20T08:00:00Z', state: 'ARCHIVED' });
  expect(await list(council, 'staleOffers')).toEqual([staler, stale]);
  expect(await list(scene.coordinator, 'staleOffers')).toEqual([staler, stale]);
}); // prettier-ignore

test('how providers answer, the lowest rate first: exact for the council and oneself, in tenths for others', async () => {
  const other = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  const theirs = await offerInTables(other);
  const answered = async (offer: string, receiver: string, times: number, inTime: number) => {
    const { id } = done(await scene.refer({ offer: scene.offer }));
    // as a provider would have answered, or not, weeks ago, so many times
    const closed = { sent_at: '2026-10-01T08:00:00Z', answer_due_at: '2026-10-15T08:00:00Z', closed_at: '2026-10-16T08:00:00Z', due_at: null };
    await asSuperuser(world.server.database, (client) =>
      client.query(
        `insert into referral select made.* from referral, generate_series(1, $2) nth, jsonb_populate_record(referral, $3::jsonb
            || jsonb_build_object('id', id || nth, 'answered_at', case when nth <= $4 then '2026-10-05T08:00:00Z' end,
              'state', case when nth <= $4 then 'DECLINED' else 'EXPIRED' end)) made
          where referral.id = $1`,
        [id, times, JSON.stringify({ ...closed, offer_id: offer, receiver_id: receiver }), inTime],
      ),
    );
    done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'OTHER' }));
  };
  await answered(scene.offer, scene.receiver.id, 11, 9);
  await answered(theirs, other.id, 12, 2);
  const read = async (by: Client) =>
    (await by.get('{ partnersAgenda { answers { organisation { id } answers { due rate } } } }')).partnersAgenda.answers
      .map(({ organisation, answers }: any) => [organisation.id, answers.due, answers.rate]);
  expect(await read(council)).toEqual([[other.id, 12, 0.167], [scene.receiver.id, 11, 0.818]]);
  expect(await read(scene.provider)).toEqual([[other.id, 12, 0.2], [scene.receiver.id, 11, 0.818]]);
  expect(await read(scene.coordinator)).toEqual([[other.id, 12, 0.2], [scene.receiver.id, 11, 0.8]]);
  const refused = await council.ask('{ partnersAgenda { answers(first: 101) { answers { due } } } }');
  expect(refused.errors![0]!.extensions.code).toBe('INVALID_INPUT');
}); // prettier-ignore
