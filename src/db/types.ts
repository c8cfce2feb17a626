import pg from 'pg';

const { builtins } = pg.types;

/**
 * Values travel as the API gives them: instants as ISO 8601 text, days as yyyy-mm-dd, counts as numbers.
 * No Date object is made for a value that is only passed through.
 */
export const rowTypes = {
  getTypeParser(oid: number, format?: string): (value: string) => unknown {
    if (oid === builtins.TIMESTAMPTZ) return instant;
    if (oid === builtins.DATE) return (value) => value;
    if (oid === builtins.INT8 || oid === builtins.NUMERIC) return Number;
    return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
  },
};

/** PostgreSQL's own text of an instant in UTC is ISO 8601 but for three signs: rewritten, it is not reckoned. */
function instant(value: string): string {
  if (value.length < 22 || !value.endsWith('+00') || value.charCodeAt(4) !== dash)
    return new Date(value).toISOString();
  const thousandths = value.length === 22 ? '.000' : `${value.slice(19, -3)}00`.slice(0, 4);
  return `${value.slice(0, 10)}T${value.slice(11, 19)}${thousandths}Z`;
}
const dash = '-'.charCodeAt(0);
