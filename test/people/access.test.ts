import sql from 'sql-template-tag';
import { closeToEmployers, endAccess, mayReach, openAccess } from '../../src/people/access.ts';
import { lockPerson } from '../../src/people/person.store.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer, scopes, type Viewer } from '../../src/kernel/viewer.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
beforeAll(async () => void (world = await World.open()));
afterAll(() => world.close());

const epci = '244400404'; // Nantes Métropole

async function person(registrar: Partner): Promise<string> {
  const id = newId('Person');
  await world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`insert into person (id, reference, registered_by, epci_code, created_at, updated_at)
      values (${id}, ${id.slice(-8)}, ${registrar.id}, ${epci}, ${tx.now}, ${tx.now})`),
  );
  return id;
}

function viewer(partner: Partner, of: Partial<Viewer> = {}): Viewer {
  return {
    ...hubViewer(''), kind: 'MEMBER', organisation: partner.id, organisationKind: 'PLIE', member: 'mem_1',
    scopes, roles: ['COORDINATOR'], ...of,
  }; // prettier-ignore
}

test('what is opened is seen in the scope of the viewer, until it ends', async () => {
  const plie = await world.organisation({ kind: 'PLIE' });
  const id = await person(plie);
  const as = (of: Partial<Viewer>) => mayReach(world.db.as(viewer(plie, of)), id, 'IDENTITY');
  expect(await as({})).toBe(false);

  const access = {
    person: id,
    organisation: plie.id,
    categories: ['CORE', 'IDENTITY'] as const,
    source: 'ref_1',
  };
  await world.db.write(viewer(plie), (tx) =>
    openAccess(tx, { ...access, reason: 'REFERRAL', member: 'mem_1' }),
  );
  expect(await as({})).toBe(true);
  expect(await as({ people: 'PORTFOLIO' })).toBe(true);
  expect(await as({ people: 'PORTFOLIO', member: 'mem_2' })).toBe(false);
  expect(await as({ people: 'TERRITORY', territory: [epci] })).toBe(true);
  expect(await as({ people: 'TERRITORY', territory: ['200000000'] })).toBe(false);
  expect(await as({ people: 'NONE' })).toBe(false);
  expect(await as({ scopes: ['offers:read'] })).toBe(false);
  expect(await mayReach(world.db.as(viewer(plie)), id, 'NEEDS')).toBe(false);

  await world.db.write(viewer(plie), (tx) => endAccess(tx, { source: 'ref_1', categories: ['IDENTITY'] }));
  expect(await as({})).toBe(false);
  expect(await mayReach(world.db.as(viewer(plie)), id, 'CORE')).toBe(true);
});

test('an organisation that begins to employ keeps the name and loses what the law closes to employers', async () => {
  const association = await world.organisation();
  const id = await person(association);
  const all = ['IDENTITY', 'ENTITLEMENTS', 'JUSTICE'] as const;
  const asked = { person: id, organisation: association.id, categories: all, source: 'rft_1' };
  await world.db.write(viewer(association), (tx) => openAccess(tx, { ...asked, reason: 'REFERENT' }));
  const seen = async () => {
    const reader = world.db.as(viewer(association));
    return (await Promise.all(all.map((each) => mayReach(reader, id, each)))).join();
  };
  expect(await seen()).toBe('true,true,true');
  await world.db.write(viewer(association), (tx) => closeToEmployers(tx, [association.id]));
  expect(await seen()).toBe('true,false,false');
});

test('a person out of sight cannot be locked', async () => {
  const plie = await world.organisation({ kind: 'PLIE' });
  const id = await person(plie);
  const lock = (of: Viewer) => world.db.write(of, (tx) => lockPerson(tx, id, 'person'));
  await expect(lock(viewer(plie))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(lock(hubViewer('test'))).resolves.toMatchObject({ id });
});
