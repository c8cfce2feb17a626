import pg from 'pg';

const { builtins } = pg.types;

/**
 * Values travel as the API gives them: instants as ISO 8601 text, days as yyyy-mm-dd, counts as numbers.
 * No Date object is made for a value that is only passed through.
 */
export const rowTypes = {
  getTypeParser(oid: number, format?: string): (value: string) => unknown {
    if (oid === builtins.TIMESTAMPTZ) return (value) => new Date(value).toISOString();
    if (oid === builtins.DATE) return (value) => value;
    if (oid === builtins.INT8 || oid === builtins.NUMERIC) return Number;
    return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
  },
};
