/**
 * Households a second and peak memory of a fund's monthly file, on a cluster of its own with the settings of production:
 * `npx tsc -b && node bench/flux.mjs [households = 100000]`. First everybody is new, then a month later one in twenty has
 * changed, then the same again. Figures: docs/imports.md.
 */
import 'reflect-metadata';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database } from '../dist/src/db/database.js';
import { hubPool } from '../dist/src/db/open.js';
import { Spool } from '../dist/src/imports/spool.js';
import { importFlux } from '../dist/src/intake/flux/run.js';
import { systemClock } from '../dist/src/kernel/clock.js';
import { reactions } from '../dist/src/server/reactions.js';
import { loadTerritory } from '../dist/src/territory/territory.load.js';
import { withCluster } from './kit/cluster.mjs';
import { longestTransaction } from './kit/longest.mjs';

const households = Number(process.argv[2] ?? 100_000);
const folder = await mkdtemp(join(tmpdir(), 'passerelle-flux-'));
const council = 'org_01h455vb4pex5vsknk084sn02q';
try {
  await withCluster(measure);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(urls) {
  await loadTerritory(urls.owner, ['44']);
  const admin = new pg.Client({ connectionString: urls.admin });
  admin.on('error', () => undefined); // what failed is told; that the cluster then stops is not news
  await admin.connect();
  await admin.query(`insert into organisation (id, siret, name, kind, created_at, updated_at)
    values ('${council}', '22440002800011', 'Conseil', 'COUNCIL', now(), now())`);
  const pool = hubPool(urls.hub, { max: 2 });
  const db = new Database({ pool, clock: systemClock, reactions: reactions() });
  const first = await written('2026-09-30', () => '2');
  const next = await written('2026-10-31', (n) => (n % 20 ? '2' : '4'));
  console.log(`${households} households, ${(await stat(first)).size >> 20} MiB`);
  const before = rss();
  const longest = longestTransaction(db);
  for (const [what, file] of [
    ['everybody new', first],
    ['a month later', next],
    ['the same again', next],
  ])
    // prettier-ignore
    await timed(what, db, { file, admin });
  console.log(`longest transaction ${Math.round(longest())} ms`);
  console.log(`peak memory ${rss()} MiB (${before} before)`);
  await pool.end();
  await admin.end();
}

function rss() {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function timed(what, db, { file, admin }) {
  const [{ pid }] = (await db.pool.query('select pg_backend_pid() as pid')).rows;
  const [began, cpu, server] = [performance.now(), process.cpuUsage(), worked(pid)];
  const viewer = { kind: 'MEMBER', organisation: council, organisationKind: 'COUNCIL', remit: null, member: null, client: null, roles: ['MANAGER'], scopes: ['people:read', 'people:write'], people: 'ALL', territory: [], health: false, cause: null }; // prettier-ignore
  const { counts } = await importFlux(db, await new Spool().open(file), { viewer: async () => viewer });
  const seconds = (performance.now() - began) / 1000;
  const own = process.cpuUsage(cpu);
  const busy = ((own.user + own.system) / 1e6).toFixed(1);
  console.log(
    `${what}: ${seconds.toFixed(1)} s (processor: ${busy} s here, ${(worked(pid) - server).toFixed(1)} s of PostgreSQL), ` +
      `${Math.round(households / seconds)} households/s, ${JSON.stringify(counts)}`,
  );
  await admin.query('vacuum analyze');
}

/** Processor seconds of a server process, where the system tells them. */
function worked(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return NaN;
  }
}

async function written(on, stateOf) {
  const path = join(folder, `${on}.xml`);
  const stream = createWriteStream(path, 'latin1');
  stream.write(`<?xml version="1.0" encoding="windows-1252"?>
<Racine>
  <IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME><TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>${on}</DTCREAFLUX><HEUCREAFLUX>01:18:36</HEUCREAFLUX><DTREF>${on}</DTREF></IdentificationFlux>
`);
  for (let n = 0; n < households; n++)
    if (!stream.write(householdOf(n, stateOf(n)), 'latin1')) await once(stream, 'drain');
  stream.end(
    `  <TransmissionFlux><NBTOTDOSRSATRANSM>${households}</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>0</NBTOTDOSRSATRANSMANO></TransmissionFlux>\n</Racine>\n`,
  );
  await once(stream, 'close');
  return path;
}

/** One in three has two adults, every other one a child; three months of income each, as the funds write them. */
function householdOf(n, state) {
  const people = [personOf(n * 3, 'DEM')];
  if (n % 3 === 0) people.push(personOf(n * 3 + 1, 'CJT'));
  if (n % 2 === 0) people.push(personOf(n * 3 + 2, 'ENF'));
  const suspended = state === '4' ? '<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2026-10-01</DDSUSVERSRSA></SuspensionVersement>' : ''; // prettier-ignore
  return `  <InfosFoyerRSA>
    <IdentificationRSA>
      <Organisme><FONORG>CAF</FONORG><NUMORG>441</NUMORG><MATRICULE>${1_000_000 + n}</MATRICULE></Organisme>
      <Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>044</IDEPARTE></Partenaire>
      <DemandeRSA><DTDEMRSA>20${10 + (n % 16)}-03-06</DTDEMRSA><NUMDEMRSA>${String(n).padStart(8, '0')}044</NUMDEMRSA></DemandeRSA>
    </IdentificationRSA>
${people.join('')}    <DonneesAdministratives>
      <SituationFamille><SITFAM>CEL</SITFAM><DDSITFAM>1994-10-27</DDSITFAM><REGAGRIFAM>SA</REGAGRIFAM></SituationFamille>
      <Adresse><TroncCommunAdresse><RGADR>01</RGADR><DTEMM>2021-05-26</DTEMM><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR><ETATADR>CO</ETATADR></TroncCommunAdresse><AdresseDetailleeFrance><COMPLIDEADR /><COMPLADR /><NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE><NOMVOIE>DES LILAS</NOMVOIE><LIEUDIST /><NUMCOM>44109</NUMCOM><CODEPOS>44000</CODEPOS><NOMCOM>NANTES</NOMCOM></AdresseDetailleeFrance></Adresse>
    </DonneesAdministratives>
    <PrestationRSA>
      <SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>${state}</ETATDOSRSA></EtatDossierRSA>${suspended}</SituationDossierRSA>
      <DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>0</TOPSANSDOMFIXE><ORIDEMRSA>DEM</ORIDEMRSA></TroncCommunDroitRSA></DetailDroitRSA>
    </PrestationRSA>
  </InfosFoyerRSA>
`;
}

function personOf(n, role) {
  const born = new Date(Date.UTC(1960, 0, 1 + ((n * 7919) % 15_000))).toISOString().slice(0, 10);
  const name = nameOf(n);
  return `    <Personne>
      <Identification><QUAL>MME</QUAL><NOM>${name}</NOM><NOMNAI>${name}</NOMNAI><PRENOM>${nameOf(n % 977)}</PRENOM><NOMCOMNAI>NANTES</NOMCOMNAI><DTNAI>${born}</DTNAI><TYPEDTNAI>N</TYPEDTNAI><NIR>2730744109123</NIR><TOPVALIEC>1</TOPVALIEC><SEXE>2</SEXE></Identification>
      <DossierCAF><TOPRESPDOS>0</TOPRESPDOS><DDRATDOS>2007-05-15</DDRATDOS></DossierCAF>
      <Prestations><NATPREST>PFA</NATPREST><ROLEPERS>${role}</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS></Prestations>
      <Prestations><NATPREST>RSA</NATPREST><ROLEPERS>${role}</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>
      <DossierPoleEmploi><IDASSEDIC>${String(n).padStart(7, '0')}X</IDASSEDIC></DossierPoleEmploi>
      <Ressources><GeneraliteRessourcesTrimestre><TOPRESSNUL>0</TOPRESSNUL><DDRESS>2026-05-01</DDRESS><DFRESS>2026-07-31</DFRESS></GeneraliteRessourcesTrimestre>${['05', '06', '07'].map(incomeOf).join('')}</Ressources>
      <MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA></MontantCalculDroitRSAPersonne>
      <Activite><REG>GE</REG><ACT>CHO</ACT><DDACT>2021-12-20</DDACT></Activite>
    </Personne>
`;
}

function incomeOf(month) {
  return `<RessourcesMensuelles><GeneraliteRessourcesMensuelles><MOISRESS>2026-${month}-01</MOISRESS><NBHEUMENTRA>000</NBHEUMENTRA></GeneraliteRessourcesMensuelles><DetailRessourcesMensuelles><NATRESS>001</NATRESS><MTNATRESSMEN>0001675.00</MTNATRESSMEN></DetailRessourcesMensuelles></RessourcesMensuelles>`;
}

/** A name of its own for each number, spoken like one. */
function nameOf(n) {
  const parts = ['LE', 'KER', 'GUI', 'MOR', 'TRE', 'PEN', 'BRI', 'LAN', 'COA', 'RIO', 'DUV', 'MAR', 'SAL', 'VAN', 'QUE', 'NOI']; // prettier-ignore
  let name = '';
  for (let left = n + 4096; left > 0; left = Math.floor(left / 16)) name += parts[left % 16];
  return name;
}
