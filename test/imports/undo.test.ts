import sql from 'sql-template-tag';
import { undoImport } from '../../src/imports/undo.ts';
import { newId } from '../../src/kernel/ids.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { importing, service, structure } from '../kit/imports.ts';
import { World } from '../kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const write = (query: ReturnType<typeof sql>) => world.db.write(hubViewer('test'), (tx) => tx.change(query));
const organisation = async (sourceId: string) =>
  (await world.rows(sql`select * from organisation where source_id = ${sourceId}`))[0];
const offer = async (sourceId: string) =>
  (await world.rows(sql`select * from offer where source_id = ${sourceId}`))[0];
const nothing = { RESTORED: 0, REMOVED: 0, ARCHIVED: 0, CHANGED_SINCE: 0, IN_USE: 0 };

describe('undoing an import', () => {
  test('removes what it made, in whatever number, and the same file can be imported again', async () => {
    const homes = Array.from({ length: 300 }, () => structure({ reseaux_porteurs: ['aci'] }));
    const files = [homes, homes.map((home) => service(home))];
    const { batch } = await importing(world, files);
    const { counts } = await undoImport(world.db, batch!);
    expect(counts).toEqual({ ...nothing, REMOVED: 900 });
    const left =
      await world.rows(sql`select id from offer union all select id from site union all select id from organisation
      union all select source_id from import_origin union all select row_id from import_change`);
    expect(left).toEqual([]);
    const [{ state }] = await world.rows(sql`select state from import_batch where id = ${batch}`);
    expect(state).toBe('UNDONE');
    expect((await importing(world, files)).counts.created).toBe(600);
  });

  test('gives back what it changed, as it was, and tells it; then the one before can be undone too', async () => {
    const home = structure({ reseaux_porteurs: ['emmaus'] });
    const permit = service(home);
    const first = await importing(world, [[home], [permit]]);
    const before = await offer(permit.id);
    const accredited = { ...home, date_maj: '2026-11-01', reseaux_porteurs: ['aci'] };
    const second = await importing(world, [[accredited], [{ ...permit, date_maj: '2026-11-01', nom: 'Autre', thematiques: null }]]); // prettier-ignore
    expect(await offer(permit.id)).toMatchObject({ title: 'Autre', kind: 'OTHER', version: 2 });

    expect((await undoImport(world.db, second.batch!)).counts).toEqual({ ...nothing, RESTORED: 3 });
    const after = await offer(permit.id);
    expect(after).toEqual({ ...before, version: 3, updated_at: after.updated_at });
    const { id } = await organisation(home.id);
    expect(await world.rows(sql`select kind from accreditation where organisation_id = ${id}`)).toEqual([]);
    const events = await world.rows(
      sql`select facts from event where type = 'offer.import_undone' and subject_id = ${after.id}`,
    );
    expect(events).toEqual([{ facts: { batch: second.batch, change: 'RESTORED' } }]);

    expect((await undoImport(world.db, first.batch!)).counts).toEqual({ ...nothing, REMOVED: 3 });
    expect(await offer(permit.id)).toBeUndefined();
  });

  test('leaves what somebody changed since, and what something refers to; an offer referred to is archived', async () => {
    const [home, busy] = [structure(), structure()];
    const [edited, used] = [service(home), service(busy)];
    const { batch } = await importing(world, [
      [home, busy],
      [edited, used],
    ]);
    await write(
      sql`update offer set title = 'Repris par le partenaire', version = 2 where source_id = ${edited.id}`,
    );
    const { id, organisation_id } = await offer(used.id);
    await write(sql`insert into vacancy (id, offer_id, organisation_id, state, created_at, updated_at)
      values (${newId('Vacancy')}, ${id}, ${organisation_id}, 'OPEN', app.clock(), app.clock())`);

    const { counts, kept } = await undoImport(world.db, batch!);
    expect(counts).toEqual({ ...nothing, ARCHIVED: 1, CHANGED_SINCE: 1, IN_USE: 4 });
    expect(kept.map(({ table, outcome }) => [table, outcome]).sort()).toEqual([
      ['offer', 'CHANGED_SINCE'],
      ['organisation', 'IN_USE'],
      ['organisation', 'IN_USE'],
      ['site', 'IN_USE'],
      ['site', 'IN_USE'],
    ]);
    expect(await offer(used.id)).toMatchObject({ state: 'ARCHIVED', version: 2 });
    expect(await offer(edited.id)).toMatchObject({ title: 'Repris par le partenaire', state: 'PUBLISHED' });

    await write(sql`delete from offer where source_id = ${edited.id}`);
    expect((await undoImport(world.db, batch!)).counts).toMatchObject({ REMOVED: 2, IN_USE: 2 });
    const [{ state }] = await world.rows(sql`select state from import_batch where id = ${batch}`);
    expect(state).toBe('PARTLY_UNDONE');
  });

  test('takes a structure off the organisation it was attached to', async () => {
    const known = await world.organisation();
    const [{ siret: taken }] = await world.rows(sql`select siret from organisation where id = ${known.id}`);
    const [counter, nowhere] = [structure({ siret: taken }), structure({ siret: taken, code_insee: null })];
    const { batch } = await importing(world, [[counter, nowhere]]);
    expect((await undoImport(world.db, batch!)).counts).toEqual({ ...nothing, REMOVED: 1 });
    const left = await world.rows(
      sql`select source_id from import_origin where organisation_id = ${known.id}`,
    );
    expect(left).toEqual([]);
    const [row] = await world.rows(sql`select version from organisation where id = ${known.id}`);
    expect(row).toEqual({ version: 1 });
  });

  test('of an import that does not exist says so', async () => {
    await expect(undoImport(world.db, 'imp_unknown')).rejects.toThrow('There is no import imp_unknown.');
  });
});
