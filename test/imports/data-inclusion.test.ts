import sql from 'sql-template-tag';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { fileOf, importing, service, structure } from '../kit/imports.ts';
import { siret, World } from '../kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const one = async (table: 'organisation' | 'site' | 'offer', sourceId: string) => {
  const rows = {
    organisation: sql`select * from organisation where source_id = ${sourceId}`,
    site: sql`select * from site where source_id = ${sourceId}`,
    offer: sql`select * from offer where source_id = ${sourceId}`,
  };
  return (await world.rows(rows[table]))[0];
};
const counts = async () =>
  (
    await world.rows(sql`select (select count(*) from organisation) as organisations, (select count(*) from site) as sites,
      (select count(*) from offer) as offers, (select count(*) from event) as events,
      (select count(*) from import_batch) as batches`)
  )[0];

describe('importing structures and services', () => {
  test('a structure becomes an organisation and a site, its service an offer every partner finds', async () => {
    const home = structure({
      siret: siret(9001),
      reseaux_porteurs: ['aci'],
      latitude: 47.22,
      longitude: -1.56,
    });
    const permit = service(home);
    const { counts, batch } = await importing(world, [[permit], [home]]);
    expect(counts).toEqual({ created: 2, changed: 0, unchanged: 0, refused: 0 });

    const reader = await (await world.organisation()).member({ roles: ['READER'] });
    const { id } = await one('offer', permit.id);
    const { offer } = await reader.get(
      `query ($id: ID!) { offer(id: $id) { kind state title thematiques publics fees feesDetail receptionModes
        confirmedAt approximate commune { code } source sourceId
        site { name } organisation { name siret kind accreditations { kind } } } }`,
      { id },
    );
    expect(offer).toEqual({
      kind: 'MOBILITY',
      state: 'PUBLISHED',
      title: permit.nom,
      thematiques: permit.thematiques,
      publics: permit.publics,
      fees: 'payant',
      feesDetail: '20 € de participation',
      receptionModes: ['en-presentiel'],
      confirmedAt: '2026-10-02T00:00:00.000Z',
      approximate: false,
      commune: { code: '44109' },
      source: 'annuaire-test',
      sourceId: permit.id,
      site: { name: home.nom },
      organisation: {
        name: home.nom,
        siret: home.siret,
        kind: 'INSERTION_ENTERPRISE',
        accreditations: [{ kind: 'ACI' }],
      },
    });
    const events =
      await world.rows(sql`select type, actor_kind, caused_by, audience from event where facts ->> 'batch' = ${batch}
      order by tx, pos`);
    expect(events.map(({ type }) => type)).toEqual([
      'organisation.imported',
      'site.imported',
      'offer.imported',
    ]);
    expect(events[0]).toMatchObject({ actor_kind: 'HUB', caused_by: 'import', audience: ['*'] });
  });

  test('again, nothing is written; a changed row grows by one version; an older one changes nothing', async () => {
    const home = structure();
    const permit = service(home);
    await importing(world, [[home], [permit]]);
    const before = await counts();
    expect((await importing(world, [[home], [permit]])).counts).toMatchObject({ unchanged: 2, created: 0 });
    expect(await counts()).toEqual({ ...before, batches: before.batches + 1 });

    const newer = { ...permit, date_maj: '2026-11-02', nom: 'Permis B en accéléré' };
    expect((await importing(world, [[home], [newer]])).told).toEqual([['UNCHANGED', ''], ['CHANGED', '']]); // prettier-ignore
    expect(await one('offer', permit.id)).toMatchObject({ title: 'Permis B en accéléré', version: 2 });
    expect((await importing(world, [[permit]])).told).toEqual([['UNCHANGED', 'older than what is stored']]);
    expect(await one('offer', permit.id)).toMatchObject({ version: 2 });
    const moved = { ...home, date_maj: '2026-11-03', code_insee: '44162', telephone: '+33240000001' };
    expect((await importing(world, [[moved]])).counts.changed).toBe(1);
    expect(await one('organisation', home.id)).toMatchObject({ version: 2, phone: '+33240000001' });
    expect(await one('site', home.id)).toMatchObject({ version: 2, commune_code: '44162' });
  });

  test('what a partner wrote in the hub stands until its producer says something new', async () => {
    const home = structure();
    const permit = service(home);
    await importing(world, [[home], [permit]]);
    const { id, organisation_id } = await one('offer', permit.id);
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(
        sql`update offer set state = 'SUSPENDED', title = 'Titre du partenaire', version = 2 where id = ${id}`,
      ),
    );
    await importing(world, [[home], [permit]]);
    expect(await one('offer', permit.id)).toMatchObject({ title: 'Titre du partenaire', version: 2 });
    await importing(world, [[{ ...permit, date_maj: '2026-11-05' }]]);
    expect(await one('offer', permit.id)).toMatchObject({
      title: permit.nom,
      state: 'SUSPENDED',
      organisation_id,
    });
  });

  test('structures with one SIRET are sites of one organisation, also of one already known', async () => {
    const known = await world.organisation();
    const [{ siret: taken }] = await world.rows(sql`select siret from organisation where id = ${known.id}`);
    const [seat, branch] = [
      structure({ siret: siret(9100) }),
      structure({ siret: siret(9100), code_insee: '44162' }),
    ];
    const counter = structure({ siret: taken });
    const atBranch = service(branch);
    const { told } = await importing(world, [[seat, branch, counter], [atBranch]]);
    const further = 'a further site of the organisation with the same SIRET';
    expect(told.map(([, reason]) => reason)).toEqual(['', further, further, '']);
    const { id } = await one('organisation', seat.id);
    expect(await one('organisation', branch.id)).toBeUndefined();
    expect(await one('site', branch.id)).toMatchObject({ organisation_id: id, commune_code: '44162' });
    expect(await one('offer', atBranch.id)).toMatchObject({ organisation_id: id, commune_code: '44162' });
    expect(await one('site', counter.id)).toMatchObject({ organisation_id: known.id });
    const [row] = await world.rows(sql`select name, version from organisation where id = ${known.id}`);
    expect(row).toEqual({ name: known.name, version: 1 });
  });

  test('what a partner is does not change by an import', async () => {
    const home = structure({ reseaux_porteurs: ['emmaus'] });
    await importing(world, [[home]]);
    const now = { ...home, date_maj: '2026-11-01', nom: 'Nouveau nom', reseaux_porteurs: ['caf'] };
    const { told } = await importing(world, [[now]]);
    expect(told).toEqual([['CHANGED', 'stays ASSOCIATION, though its networks now say BENEFITS_FUND']]);
    expect(await one('organisation', home.id)).toMatchObject({ kind: 'ASSOCIATION', name: 'Nouveau nom' });
  });
});

describe('a bad row', () => {
  test('is refused with its reason, and the others are imported', async () => {
    const good = structure();
    const rows = [
      good,
      structure({ nom: 'No' }),
      structure({ date_maj: '2026-13-40' }),
      structure({ latitude: '47' as never, reseaux_porteurs: ['unknown'] }),
      structure({ description: 'nul \u0000 ici' }),
      structure({ description: 'moitié \ud800 de caractère' }),
      structure({ adresse: 'x'.repeat(10_001) }),
      { ...good, nom: 'Le même' },
      null,
      service(good),
    ];
    const { told, verdicts, counts } = await importing(world, [rows]);
    expect(told.slice(1).map(([outcome]) => outcome)).toEqual(Array(9).fill('REFUSED'));
    expect(told.slice(1).map(([, reason]) => reason)).toEqual([
      'nom must NOT have fewer than 3 characters',
      'date_maj must match format "date"',
      'latitude must be number; reseaux_porteurs.0 must be equal to one of the allowed values',
      'description holds a NUL character',
      'description is not UTF-8',
      'adresse is longer than 10000 characters',
      expect.stringMatching(/^the same source and id as row 1 of /),
      'not an object',
      'a service among structures',
    ]);
    expect(verdicts[1]).toMatchObject({
      row: 2,
      source: 'annuaire-test',
      id: (rows[1] as { id: string }).id,
    });
    expect(counts).toEqual({ created: 1, changed: 0, unchanged: 0, refused: 9 });
    expect(await one('organisation', good.id)).toBeDefined();
  });

  test('bytes that are no UTF-8, and a broken line among good ones', async () => {
    const [good, other] = [structure(), structure()];
    const lines = [
      Buffer.from(`${JSON.stringify(good)}\n{"id": broken\n{"id":"`),
      Buffer.from([0xe9]),
      Buffer.from(`"}\n${JSON.stringify(other)}`),
    ];
    const { told } = await importing(world, [Buffer.concat(lines)]);
    expect(told).toEqual([['CREATED', ''], ['REFUSED', 'not JSON'], ['REFUSED', 'not UTF-8'], ['CREATED', '']]); // prettier-ignore
  });

  test('a service of no known structure is refused; a wrong SIRET, an unknown commune, a strange link are left out and told', async () => {
    const home = structure({ siret: '12345678901234', code_insee: '99999', site_web: 'ftp://example.org/x' });
    const { told } = await importing(world, [
      [home],
      [service(home, { volume_horaire_hebdomadaire: 200 }), service(structure())],
    ]);
    expect(told).toEqual([
      ['CREATED', expect.stringMatching(/^without its SIRET.*; without site_web.*; without commune: 99999/)],
      ['CREATED', 'without volume_horaire_hebdomadaire: more than 168'],
      ['REFUSED', expect.stringMatching(/^structure annuaire-test--\d+ is unknown$/)],
    ]);
    expect(await one('organisation', home.id)).toMatchObject({
      siret: null,
      commune_code: null,
      website: null,
    });
    expect(await one('site', home.id)).toBeUndefined();
  });

  test('a row only the database finds wrong is refused alone', async () => {
    const rows = Array.from({ length: 7 }, () => structure());
    await world.db.write(hubViewer('test'), (tx) =>
      tx.change(sql`insert into site (id, organisation_id, name, commune_code, approximate, source, source_id, created_at, updated_at)
        select 'site_taken', id, 'Ailleurs', '44109', true, 'annuaire-test', ${rows[3]!.id}, ${tx.now}, ${tx.now}
        from organisation limit 1`, 1),
    ); // prettier-ignore
    const { told, counts } = await importing(world, [rows]);
    expect(told[3]).toEqual(['REFUSED', 'the database refuses it']);
    expect(counts).toEqual({ created: 6, changed: 0, unchanged: 0, refused: 1 });
  });
});

describe('a file', () => {
  test('cut short, empty or of something else writes nothing and says where', async () => {
    const before = await counts();
    const text = JSON.stringify([structure(), structure(), structure()]);
    await expect(importing(world, [text.slice(0, -40)])).rejects.toThrow(
      /is truncated: it ends at byte \d+ within row 3/,
    );
    await expect(importing(world, [' '])).rejects.toThrow(/is empty/);
    await expect(importing(world, ['id;nom'])).rejects.toThrow(/neither a JSON array/);
    await expect(importing(world, [[{ nom: 'x' }]])).rejects.toThrow(
      /1 rows and not one structure or service/,
    );
    await expect(importing(world, ['/nowhere.json'])).rejects.toThrow(/cannot be read/);
    expect(await counts()).toEqual(before);
  });

  test('in a dry run, tells the same and writes nothing', async () => {
    const before = await counts();
    const seat = structure({ siret: siret(9200) });
    const rows = [seat, structure({ siret: siret(9200) }), structure({ nom: 'No' })];
    const files = [rows, [service(seat), service(structure())]];
    const rehearsed = await importing(world, files, { dryRun: true });
    expect(rehearsed.batch).toBeNull();
    expect(await counts()).toEqual(before);
    const performed = await importing(world, files);
    expect(rehearsed.told).toEqual(performed.told);
    expect(rehearsed.counts).toEqual(performed.counts);
  });

  test('stopped or killed between two chunks, goes on where it was, in the same batch', async () => {
    const rows = Array.from({ length: 1100 }, () => structure());
    const file = fileOf(rows);
    const stop = new AbortController();
    const first = await importing(world, [file], { signal: stop.signal, onVerdicts: () => stop.abort() });
    expect(first).toMatchObject({ stopped: true, counts: { created: 500 } });
    const killed = importing(world, [file], {
      onVerdicts: (some) => {
        if (some.some(({ outcome }) => outcome === 'CREATED')) throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    const last = await importing(world, [file]);
    expect(last).toMatchObject({
      batch: first.batch,
      stopped: false,
      counts: { created: 100, unchanged: 1000 },
    });
    const [batch] = await world.rows(
      sql`select state, created, unchanged from import_batch where id = ${first.batch}`,
    );
    expect(batch).toEqual({ state: 'DONE', created: 1100, unchanged: 1000 });
    expect((await world.rows(sql`select 1 from import_change where batch_id = ${first.batch}`)).length).toBe(
      2200,
    );
  });

  test('costs the same few statements a chunk, whatever its rows', async () => {
    const cost = async (size: number) => {
      const homes = Array.from({ length: size }, () => structure({ siret: siret(9300 + world.next()) }));
      let statements = 0;
      world.db.onStatement = () => statements++;
      await importing(world, [homes, homes.map((home) => service(home))]);
      world.db.onStatement = () => {};
      return statements;
    };
    expect(await cost(200)).toBe(await cost(2));
    expect(await cost(2)).toBeLessThanOrEqual(30);
  });

  test('two imports of the same file at once make each row once', async () => {
    const file = fileOf(Array.from({ length: 60 }, () => structure({ siret: siret(9700 + world.next()) })));
    const both = await Promise.all([importing(world, [file]), importing(world, [file])]);
    expect(both.map(({ counts }) => counts.created + counts.unchanged)).toEqual([60, 60]);
    expect(both[0]!.counts.created + both[1]!.counts.created).toBe(60);
  });
});
