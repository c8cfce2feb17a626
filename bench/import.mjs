/**
 * Rows a second and peak memory of an import, on a cluster of its own with the settings of production:
 * `npm run bench -- import [services] [structures]`. Figures: docs/imports.md.
 */
import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../dist/src/db/database.js';
import { startCluster } from '../dist/src/db/embedded.js';
import { migrate } from '../dist/src/db/migrate.js';
import { asRole, hubPool, hubRole, ownerRole, prepareCluster } from '../dist/src/db/open.js';
import { importDataInclusion } from '../dist/src/imports/data-inclusion/import.js';
import { Spool } from '../dist/src/imports/spool.js';
import { undoImport } from '../dist/src/imports/undo.js';
import { systemClock } from '../dist/src/kernel/clock.js';
import { loadTerritory } from '../dist/src/territory/territory.load.js';
import { longestTransaction } from './kit/longest.mjs';

const [services, structures = Math.ceil(services / 5)] = [
  Number(process.argv[2] ?? 100_000),
  process.argv[3] && Number(process.argv[3]),
];
const folder = await mkdtemp(join(tmpdir(), 'passerelle-bench-'));
const cluster = await startCluster({ dataDir: join(folder, 'postgres') });
try {
  await prepareCluster(cluster.url(), 'bench', 'bench');
  const owner = asRole(cluster.url('bench'), ownerRole, 'bench');
  await migrate(owner);
  await loadTerritory(owner, ['44']);
  const pool = hubPool(asRole(cluster.url('bench'), hubRole, 'bench'), { max: 2 });
  const db = new Database({ pool, clock: systemClock });
  const files = [
    await written('structures', structures, structureOf),
    await written('services', services, serviceOf),
  ];
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  console.log(`${structures} structures, ${services} services, ${(sizes[0] + sizes[1]) >> 20} MiB`);

  const before = process.resourceUsage().maxRSS;
  const longest = longestTransaction(db);
  const first = await timed('first import', () => imported(db, files));
  console.log(`  longest transaction ${Math.round(longest())} ms`);
  await timed('the same again', () => imported(db, files));
  await timed('dry run', () => imported(db, files, { dryRun: true }));
  console.log(
    `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB (${Math.round(before / 1024)} before)`,
  );
  await timed('undo', async () => ({ counts: (await undoImport(db, first.batch)).counts }));
  await pool.end();
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

async function imported(db, names, options) {
  const spool = new Spool();
  const files = await Promise.all(names.map((name) => spool.open(name)));
  return importDataInclusion(db, files, options);
}

async function timed(what, work) {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const rows = Math.round((services + structures) / seconds);
  console.log(`${what}: ${seconds.toFixed(1)} s, ${rows} rows/s, ${JSON.stringify(result.counts)}`);
  return result;
}

async function written(name, count, rowOf) {
  const path = join(folder, `${name}.json`);
  const stream = createWriteStream(path);
  stream.write('[');
  for (let n = 0; n < count; n++)
    if (!stream.write(`${n ? ',\n' : '\n'}${JSON.stringify(rowOf(n))}`)) await once(stream, 'drain');
  stream.end('\n]\n');
  await once(stream, 'close');
  return path;
}

function words(count, seed) {
  const all =
    'accueil accompagnement emploi formation atelier parcours mobilité logement numérique droits santé famille budget quartier rendez-vous inscription entretien projet métier compétences permis vélo garde lecture écriture français collectif individuel gratuit association jardin chantier cuisine théâtre démarche dossier conseiller jeunes adultes seniors'.split(
      ' ',
    );
  let state = seed * 2654435761;
  const next = () => (state = (state * 1103515245 + 12345) >>> 0) / 2 ** 32;
  return Array.from({ length: count }, () => all[Math.floor(next() * all.length)]).join(' ');
}

function siretOf(n) {
  const body = String(1_000_000_000_000 + n);
  const sum = [...body].reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? digit * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function structureOf(n) {
  return {
    source: 'bench', id: `bench--${n}`, nom: `Association ${words(3, n)} ${n}`, date_maj: '2026-10-01', siret: siretOf(n),
    description: words(40, n), code_insee: '44109', code_postal: '44000', commune: 'Nantes', adresse: `${n} rue du Port`,
    latitude: 47 + (n % 1000) / 1000, longitude: -1.5, telephone: '+33240000000', courriel: `accueil${n}@bench.example`,
  }; // prettier-ignore
}

function serviceOf(n) {
  return {
    source: 'bench', id: `bench--s${n}`, structure_id: `bench--${n % structures}`, nom: `Service ${words(4, n)}`,
    description: words(90, n + 7), date_maj: '2026-10-02', type: 'accompagnement', frais: 'gratuit',
    thematiques: ['mobilite--preparer-un-permis', 'numerique--acquerir-un-equipement'], publics: ['jeunes', 'familles'],
    modes_accueil: ['en-presentiel'], modes_mobilisation: ['telephoner'], mobilisable_par: ['professionnels', 'usagers'],
    zone_eligibilite: ['44'], telephone: '+33240000000', lien_source: `https://bench.example/${n}`,
  }; // prettier-ignore
}
