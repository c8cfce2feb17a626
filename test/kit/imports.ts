import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importDataInclusion, type ImportOptions } from '../../src/imports/data-inclusion/import.ts';
import type { Service } from '../../src/imports/data-inclusion/service.rules.ts';
import type { Structure } from '../../src/imports/data-inclusion/structure.rules.ts';
import { Spool } from '../../src/imports/spool.ts';
import type { Verdict } from '../../src/imports/verdict.ts';
import type { World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-imports-'));
let serial = 0;

/** An invented structure of Nantes, valid in data·inclusion v1. */
export function structure(over: Partial<Structure> & Record<string, unknown> = {}): Structure {
  return {
    source: 'annuaire-test',
    id: `annuaire-test--${++serial}`,
    nom: `Les Ateliers de l’Erdre ${serial}`,
    description: 'Accueil et accompagnement des habitantes et habitants du quartier.',
    date_maj: '2026-10-01',
    code_insee: '44109',
    code_postal: '44000',
    commune: 'Nantes',
    adresse: '3 quai des Roseaux',
    ...over,
  };
}

/** An invented service of that structure. */
export function service(of: Structure, over: Partial<Service> & Record<string, unknown> = {}): Service {
  return {
    source: of.source,
    id: `${of.source}--service-${++serial}`,
    structure_id: of.id,
    nom: `Permis de conduire solidaire ${serial}`,
    description: 'Préparer le code et la conduite avec une auto-école sociale.',
    date_maj: '2026-10-02',
    type: 'accompagnement',
    thematiques: ['mobilite--preparer-un-permis'],
    publics: ['beneficiaires-des-minimas-sociaux', 'jeunes'],
    frais: 'payant',
    frais_precisions: '20 € de participation',
    modes_accueil: ['en-presentiel'],
    modes_mobilisation: ['envoyer-un-courriel'],
    mobilisable_par: ['professionnels'],
    zone_eligibilite: ['44'],
    ...over,
  };
}

/** Writes rows (or any text) to a file and answers its path. */
export function fileOf(rows: readonly unknown[] | string | Buffer): string {
  const path = join(folder, `${++serial}.json`);
  writeFileSync(path, Array.isArray(rows) ? JSON.stringify(rows) : (rows as string));
  return path;
}

/** Imports files into a world and answers what was told of each row. */
export async function importing(
  world: World,
  files: readonly (readonly unknown[] | string | Buffer)[],
  options: ImportOptions = {},
) {
  const verdicts: Verdict[] = [];
  const spool = new Spool();
  const opened = await Promise.all(
    files.map((rows) => spool.open(typeof rows === 'string' && rows.startsWith('/') ? rows : fileOf(rows))),
  );
  const onVerdicts = (some: readonly Verdict[]) => void verdicts.push(...some);
  const summary = await importDataInclusion(world.db, opened, { onVerdicts, ...options });
  return { ...summary, verdicts, told: verdicts.map(({ outcome, reason }) => [outcome, reason]) };
}
