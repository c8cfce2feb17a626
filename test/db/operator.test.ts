import pg from 'pg';
import { migrate } from '../../src/db/migrate.ts';
import { hubPool, refuseUnboundRole } from '../../src/db/open.ts';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { urlsOf } from '../kit/cluster.ts';
import { withAdmin } from '../kit/hub.ts';
import { registerPerson } from '../kit/people.ts';
import { World } from '../kit/world.ts';

/** An operator's own PostgreSQL: one login that owns the database, no superuser anywhere, the hub's role adopted. */
const operator = 'test_operator';
const database = `test_operator_${process.pid}`;
let url: string;
let world: World;

beforeAll(async () => {
  await withAdmin(async (admin) => {
    await admin.query(`drop role if exists ${operator}`);
    await admin.query(
      `create role ${operator} login password 'operator' nosuperuser nocreaterole nobypassrls`,
    );
    await admin.query(`grant passerelle_hub to ${operator}`);
    await admin.query(`create database ${database} owner ${operator}`);
  });
  const asOperator = new URL(urlsOf(database).owner);
  [asOperator.username, asOperator.password] = [operator, 'operator'];
  url = asOperator.toString();
  await migrate(url);
  await loadTerritory(url, ['44']);
  world = await World.open({ pool: hubPool(url, { adoptRole: true }) });
}, 60_000);

afterAll(async () => {
  await world.close();
  await withAdmin(async (admin) => {
    await admin.query(`drop database ${database} with (force)`);
    await admin.query(`drop role ${operator}`);
  });
});

test('the core of the hub works for a login without any privilege beyond its own database', async () => {
  const provider = await (await world.organisation({ kind: 'INSERTION_ENTERPRISE' })).member();
  const coordinator = await (await world.organisation({ kind: 'PLIE' })).member();
  const input = {
    kind: 'INSERTION_WORKSITE',
    title: 'Entretien des berges',
    description: 'Planter.',
    commune: '44109',
  };
  const { offer } = await provider.run('draftOffer', 'NewOffer', input, 'offer { id }');
  await provider.run('publishOffer', 'OfferMove', { offer: offer.id }, 'offer { state }');
  const { vacancy } = await provider.run(
    'openVacancy',
    'NewVacancy',
    { offer: offer.id, places: 1 },
    'vacancy { id }',
  );
  const { id } = await registerPerson(coordinator);
  const personAgreement = { given: true, on: '2026-11-20', how: 'PHONE' };
  const sending = { person: id, vacancy: vacancy.id, send: true, personAgreement };
  const { referral } = await coordinator.run('referPerson', 'NewReferral', sending, 'referral { id }');
  const accepted = await provider.run(
    'acceptReferral',
    'ReferralAcceptance',
    { referral: referral.id },
    'referral { state }',
  );
  expect(accepted).toMatchObject({ referral: { state: 'ACCEPTED' }, userErrors: [] });

  const found = await provider.get('{ vacancies(filter: { text: "berge" }) { nodes { state free } } }');
  expect(found.vacancies.nodes).toEqual([{ state: 'FILLED', free: 0 }]);
  const stranger = await (await world.organisation({ kind: 'COMMUNE' })).member();
  const nothing = await stranger.get('query ($id: ID!) { person(id: $id) { id } referrals { totalCount } }', {
    id,
  });
  expect(nothing).toEqual({ person: null, referrals: { totalCount: 0 } });
});

test('the adopted role is bound by the walls, and the owner’s own is refused', async () => {
  const own = hubPool(url, { max: 1 });
  await expect(refuseUnboundRole(own)).rejects.toThrow(/owns the tables/);
  await own.end();
  await expect(refuseUnboundRole(world.db.pool)).resolves.toBeUndefined();
});

test('even the owner passes the forced walls nowhere but where a function of its must: history it does not read', async () => {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query('select count(*)::integer as seen from referral_move');
  await owner.end();
  expect(rows).toEqual([{ seen: 0 }]);
});
