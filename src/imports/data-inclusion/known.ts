import sql from 'sql-template-tag';
import type { Reader } from '../../db/reader.ts';
import type { OrganisationKind } from '../../partners/organisation.rules.ts';
import type { Noun } from './judge.ts';
import { communeCodeOf, type KnownCommune, type Place } from './place.rules.ts';
import type { Service } from './service.rules.ts';
import type { Structure } from './structure.rules.ts';

export interface KnownOrganisation {
  id: string;
  kind: OrganisationKind;
  siret: string | null;
  sensitive: boolean;
  /** The structure it was made from; its content follows that one alone. */
  source: string | null;
  sourceId: string | null;
}

export type KnownSite = Place & { id: string; communeCode: string };

/** What stands behind a row of a producer, as the last import left it. */
export interface Origin {
  noun: Noun;
  source: string;
  sourceId: string;
  organisation: KnownOrganisation;
  site: KnownSite | null;
  offerId: string | null;
  /** The producer's date of the row; null when an import of it was undone. */
  day: string | null;
  digest: string | null;
}

/**
 * What the catalogue knows of the rows at hand: read from the database for each chunk, added to while they are
 * planned. A dry run keeps one for the whole import, so that services find the structures it only would create.
 */
export class Known {
  readonly communes = new Map<string, KnownCommune>();
  readonly ownerOfSiret = new Map<string, KnownOrganisation>();
  council: { id: string; communeCode: string | null } | null = null;
  private readonly origins = { STRUCTURE: new Map<string, Origin>(), SERVICE: new Map<string, Origin>() };
  private readonly structures = new Map<string, Origin[]>();

  origin(noun: Noun, { source, id }: { source: string; id: string }): Origin | undefined {
    return this.origins[noun].get(keyOf(source, id));
  }

  /** The structure a service names: of its own producer, else the only one that bears the id. */
  structureOf({ source, structure_id }: Service): Origin | undefined {
    const all = this.structures.get(structure_id) ?? [];
    return all.find((each) => each.source === source) ?? (all.length === 1 ? all[0] : undefined);
  }

  /** No row comes back for the service of another: a dry run need not remember a hundred thousand. */
  forgetServices(): void {
    this.origins.SERVICE.clear();
  }

  add(origin: Origin): void {
    const origins = this.origins[origin.noun];
    const key = keyOf(origin.source, origin.sourceId);
    if (origins.has(key)) return;
    origins.set(key, origin);
    if (origin.noun !== 'STRUCTURE') return;
    this.structures.set(origin.sourceId, [...(this.structures.get(origin.sourceId) ?? []), origin]);
  }
}

const keyOf = (...parts: string[]) => JSON.stringify(parts);

export async function learnOfStructures(
  known: Known,
  reader: Reader,
  rows: readonly Structure[],
): Promise<void> {
  await learnOrigins(known, reader, 'STRUCTURE', rows);
  await learnCommunes(known, reader, rows);
  const sirets = rows.flatMap(({ siret }) => siret ?? []);
  const owners = await reader.rows<KnownOrganisation>(
    sql`select id, kind, siret, sensitive, source, source_id as "sourceId" from organisation where siret = any(${sirets})`,
  );
  for (const owner of owners)
    if (!known.ownerOfSiret.has(owner.siret!)) known.ownerOfSiret.set(owner.siret!, owner);
  const [council] = await reader.rows<NonNullable<Known['council']>>(
    sql`select id, commune_code as "communeCode" from organisation where kind = 'COUNCIL'`,
  );
  known.council = council ?? null;
}

export async function learnOfServices(known: Known, reader: Reader, rows: readonly Service[]): Promise<void> {
  known.forgetServices();
  const structures = [...new Set(rows.map(({ structure_id }) => structure_id))];
  await learnOrigins(known, reader, 'SERVICE', rows, structures);
  await learnCommunes(known, reader, rows);
}

async function learnOrigins(
  known: Known,
  reader: Reader,
  noun: Noun,
  rows: readonly (Structure | Service)[],
  structures: readonly string[] = [],
): Promise<void> {
  const [sources, ids] = [rows.map(({ source }) => source), rows.map(({ id }) => id)];
  const found = await reader.rows<Origin>(sql`
    with wanted as (
      select origin.* from unnest(${sources}::text[], ${ids}::text[]) asked (source, id)
        join import_origin origin on origin.noun = ${noun} and origin.source = asked.source and origin.source_id = asked.id
      union all
      select origin.* from import_origin origin where noun = 'STRUCTURE' and source_id = any(${structures}))
    select wanted.noun, wanted.source, wanted.source_id as "sourceId", wanted.offer_id as "offerId", wanted.day,
      wanted.digest, json_build_object('id', organisation.id, 'kind', organisation.kind, 'siret', organisation.siret,
        'sensitive', organisation.sensitive, 'source', organisation.source,
        'sourceId', organisation.source_id) as organisation,
      case when site.id is not null then json_build_object('id', site.id, 'communeCode', site.commune_code,
        'address', site.address, 'latitude', site.latitude, 'longitude', site.longitude,
        'approximate', site.approximate) end as site
    from wanted join organisation on organisation.id = wanted.organisation_id
      left join site on site.id = wanted.site_id`);
  for (const origin of found) known.add(origin);
}

async function learnCommunes(
  known: Known,
  reader: Reader,
  rows: readonly { code_insee?: string | null }[],
): Promise<void> {
  const codes = new Set(rows.flatMap(({ code_insee }) => (code_insee ? communeCodeOf(code_insee) : [])));
  const missing = [...codes].filter((code) => !known.communes.has(code));
  const found = await reader.rows<KnownCommune>(
    sql`select code, latitude, longitude from commune where code = any(${missing})`,
  );
  for (const commune of found) known.communes.set(commune.code, commune);
}
