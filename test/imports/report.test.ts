import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Report } from '../../src/imports/report.ts';
import type { Verdict } from '../../src/imports/verdict.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-test-report-'));
const verdict: Verdict = {
  file: 'services.json',
  row: 7,
  line: 9,
  source: 'annuaire-test',
  id: '=HYPERLINK("http://x.example")',
  outcome: 'REFUSED',
  reason: 'nom, too "short"',
};

async function reported(name: string, chunks: Verdict[][]): Promise<string> {
  const path = join(folder, name);
  const report = await Report.open(path);
  for (const chunk of chunks) await report.add(chunk);
  await report.close();
  return readFileSync(path, 'utf8');
}

describe('the report of an import', () => {
  test('is CSV a spreadsheet opens without running anything', async () => {
    expect(await reported('r.csv', [[verdict], [{ ...verdict, id: null, reason: '' }]])).toBe(
      'file,row,line,source,id,outcome,reason\n' +
        `services.json,7,9,annuaire-test,"'=HYPERLINK(""http://x.example"")",REFUSED,"nom, too ""short"""\n` +
        'services.json,7,9,annuaire-test,,REFUSED,\n',
    );
  });

  test('or JSON, whole even when nothing was read', async () => {
    expect(JSON.parse(await reported('r.json', [[verdict], [], [verdict]]))).toEqual([verdict, verdict]);
    expect(JSON.parse(await reported('empty.JSON', []))).toEqual([]);
  });

  test('refuses a name it cannot write before anything is imported', async () => {
    await expect(Report.open(join(folder, 'r.xlsx'))).rejects.toThrow('is a .csv or a .json file');
    await expect(Report.open('/nowhere/r.csv')).rejects.toThrow(/ENOENT/);
  });
});
