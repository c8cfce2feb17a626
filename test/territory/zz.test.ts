import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import pg from 'pg';
import { startCluster } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { prepareCluster, asRole } from '../../src/db/open.ts';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { officialTerritory } from '../../src/territory/official.ts';
test('time', async () => {
  const out: unknown[] = [];
  const lap = async <T>(n: string, f: () => Promise<T>) => {
    const t = performance.now();
    const r = await f();
    out.push([n, Math.round(performance.now() - t), r]);
    return r;
  };
  const dir = mkdtempSync('/tmp/terr-pg-');
  const cluster = await startCluster({ dataDir: dir, volatile: process.env.VOL !== '0' });
  try {
    await prepareCluster(cluster.url(), 'x', 'terr');
    const owner = asRole(cluster.url('terr'), 'passerelle_owner', 'x');
    const hub = asRole(cluster.url('terr'), 'passerelle_hub', 'x');
    await migrate(owner);
    const t = await lap('official', async () => {
      const t = await officialTerritory();
      return t;
    });
    out.pop();
    await lap('official again', async () => {
      await officialTerritory();
    });
    out.push([
      t.communes.length,
      t.epcis.length,
      'own',
      t.communes.filter((c) => !c.approximate).length,
      'null',
      t.communes.filter((c) => c.latitude === null).length,
    ]);
    for (const n of [
      'Paris',
      'Lyon',
      'Marseille',
      'Nouméa',
      'Mamoudzou',
      'Nantes',
      'Saint-Martin',
      'Saint-Barthélemy',
      'Beaupréau-en-Mauges',
      'Montreuil-Juigné',
      'Papeete',
      'Mata-Utu',
    ])
      out.push(
        JSON.stringify(
          t.communes
            .filter((c) => c.name === n)
            .map((c) => [
              c.code,
              c.epciCode,
              c.population,
              c.latitude,
              c.longitude,
              c.approximate,
              c.postalCodes.length,
            ]),
        ),
      );
    await lap('44+49', () => loadTerritory(owner, ['44', '49']));
    await lap('44+49 again', () => loadTerritory(hub, ['44', '49']));
    await lap('france', () => loadTerritory(hub));
    await lap('france again', () => loadTerritory(owner));
    const c = new pg.Client(owner);
    await c.connect();
    await lap('truncate', async () => {
      await c.query('truncate commune, epci cascade');
    });
    await lap('france whole', () => loadTerritory(hub));
    await c.query('delete from commune where departement_code = $1', ['44']);
    out.push(
      (
        await c.query(
          'select count(*) n, sum(population) p, count(*) filter (where approximate) a, count(*) filter (where latitude is null) nul from commune',
        )
      ).rows,
    );
    await c.end();
    const { rss } = process.memoryUsage();
    out.push(['rss MB', rss / 1e6]);
  } finally {
    await cluster.stop();
  }
  console.log(out.map((o) => JSON.stringify(o)).join('\n'));
}, 120000);
