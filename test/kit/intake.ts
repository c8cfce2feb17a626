import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memberViewer } from '../../src/auth/login.ts';
import { Spool } from '../../src/imports/spool.ts';
import type { Verdict } from '../../src/imports/verdict.ts';
import { importSheet, type IntakeOptions } from '../../src/intake/run.ts';
import type { SheetKind } from '../../src/intake/sheet-kind.ts';
import sql from 'sql-template-tag';
import type { Asking, World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-intake-'));
let serial = 0;

/** Writes a partner's file and answers its path. */
export function sheetFile(content: string | Buffer): string {
  const path = join(folder, `${++serial}.csv`);
  writeFileSync(path, content);
  return path;
}

/** What a spreadsheet of Windows writes: `;`, CRLF, windows-1252. */
export function asExcel(text: string): Buffer {
  const odd: Record<string, number> = { '€': 0x80, œ: 0x9c, '’': 0x92, Œ: 0x8c };
  const bytes = [...text.replaceAll('\n', '\r\n')].map((each) => odd[each] ?? each.charCodeAt(0));
  return Buffer.from(bytes);
}

/** Imports a file as a member, and answers what was told of each row. */
export async function importingAs(
  world: World,
  { memberId }: Pick<Asking, 'memberId'>,
  of: { kind: SheetKind; content: string | Buffer } & Partial<IntakeOptions>,
) {
  const { kind, content, ...options } = of;
  const verdicts: Verdict[] = [];
  const file = await new Spool().open(sheetFile(content));
  const summary = await importSheet(world.db, { ...file, name: 'file.csv' }, {
    kind,
    viewer: () => viewerOf(world, memberId),
    onVerdicts: (told) => void verdicts.push(...told),
    ...options,
  }); // prettier-ignore
  return { ...summary, verdicts };
}

export async function viewerOf(world: World, member: string) {
  const [{ email }] = await world.rows(sql`select email from member where id = ${member}`);
  return memberViewer(world.db.pool, email, false);
}

/** `line outcome code (column)`, as short as a test reads it. */
export const shortly = (verdicts: readonly Verdict[]) =>
  verdicts.map(({ line, outcome, reason }) => [line, outcome, reason.split(':')[0]!].filter((part) => part !== '').join(' ')); // prettier-ignore
