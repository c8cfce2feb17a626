import { stringify } from 'csv-stringify/sync';
import { kinds, type Held, type KindName } from './held.rules.ts';

/** One kind of what is held, as a sheet: a header, then a line a row. */
export interface Sheet {
  name: string;
  content: string;
}

/** As French spreadsheets open them: semicolons, a byte-order mark, and nothing they would run as a formula. */
export function sheetsOf(held: Held): Sheet[] {
  return (Object.keys(kinds) as KindName[])
    .filter((name) => held[name].length > 0)
    .map((name) => {
      const columns = [...new Set(held[name].flatMap((row) => Object.keys(row)))];
      const content = stringify([...held[name]], {
        ...{ header: true, columns, delimiter: ';', bom: true, escape_formulas: true },
        cast: { object: inOneCell, boolean: (value) => (value ? 'oui' : 'non') },
      });
      return { name: `${name}.csv`, content };
    });
}

function inOneCell(value: object): string {
  const simple = Array.isArray(value) && value.every((each) => typeof each !== 'object');
  return simple ? value.join(', ') : JSON.stringify(value);
}
