import type { Context } from '../graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { namesOf } from './count.store.ts';
import type { PublishedCellRow, PublishedTableRow } from './published.row.ts';
import { catalogue, meaningOf } from './published.rules.ts';
import { cellsTold, editionOf, type Edition } from './published.store.ts';
import type { PublishedCell } from './published.type.ts';
import type { Sheet } from './sheet.rules.ts';

export async function tableOf(ctx: Context, asked: Edition): Promise<PublishedTableRow> {
  const edition = await ctx.loaders.load(editionOf, asked);
  if (!edition) throw new Refusal('NOT_PUBLISHED');
  return edition;
}

/** The cells as the viewer is told them; one kept back names the larger one that answers for it. */
export async function toldCells(ctx: Context, { id, name }: PublishedTableRow): Promise<PublishedCell[]> {
  const rows = await ctx.loaders.load(cellsTold, id);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const keepsBack = catalogue[name].people !== null;
  const answering = (row: PublishedCellRow): string | null => {
    const parent = row.parent === null ? undefined : byCode.get(row.parent);
    return parent ? (parent.value === null ? answering(parent) : parent.code) : null;
  };
  const labels = await labelsOf(ctx, rows);
  return rows.map(({ level, code, parent, value, of }) => {
    const suppressed = keepsBack && value === null;
    const label = labels.get(bare(code)) ?? null;
    const answeredBy = suppressed ? answering(byCode.get(code)!) : null;
    return { level, code, parent, label, value: value === null ? null : Number(value), of: of === null ? null : Number(of), suppressed, answeredBy };
  });
} // prettier-ignore

/** `SUCCESS 244400404`, `244400404 REST`: the territory is the number in it. */
const bare = (code: string) => /\b\d[\dAB]\d{3,7}\b/.exec(code)?.[0] ?? code;

async function labelsOf(ctx: Context, rows: readonly PublishedCellRow[]): Promise<Map<string, string>> {
  const codes = (level: string) => rows.filter((row) => row.level === level).map(({ code }) => bare(code));
  const epcis = await namesOf(ctx.reader, 'HOME_EPCI', codes('EPCI'));
  return new Map([...epcis, ...(await namesOf(ctx.reader, 'HOME_COMMUNE', codes('COMMUNE')))]);
}

export async function sheetOfTable(ctx: Context, table: PublishedTableRow): Promise<Sheet> {
  const cells = await toldCells(ctx, table);
  const { name, month, edition, asOf } = table;
  const meaning = meaningOf(name);
  return {
    title: `${name} ${month.slice(0, 7)}`,
    about: [
      ['definition', meaning[ctx.locale]],
      ['unit', meaning.unit],
      ['edition', String(edition)],
      ['asOf', asOf],
    ],
    headers: ['level', 'code', 'label'],
    rows: cells.map(({ level, code, label, value, of }) => ({ keys: [level, code, label ?? ''], value, of })),
  };
}
