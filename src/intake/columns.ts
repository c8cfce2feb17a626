import { FileFault } from '../imports/rows.ts';
import { holdsNir } from '../people/nir.rules.ts';

/** A column a file may have: its name here, how it may be headed, and the field of the input it fills. */
export interface Column {
  name: string;
  /** French first: what the documentation shows. Compared without case, accents and punctuation. */
  headings: readonly string[];
  required?: true;
  /** Path of the input's field, where a refusal names another one than `name`. */
  path?: string;
}

/** Headings under which files carry the social security number: such a file is refused whole, before a row is read. */
const nirHeading =
  /(^|_)(nir|nss|ssn|secu|insee_numero|numero_insee|no_insee)(_|$)|securite_sociale|social_security/;

/** `Date de naissance ` → `date_de_naissance`. */
export function folded(heading: string): string {
  const bare = heading.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}

/** The column each cell of a row belongs to, in the file's order; whatever is not known refuses the file. */
export function columnsIn(headings: readonly string[], known: readonly Column[], file: string): Column[] {
  const names = headings.map(folded);
  const at = names.findIndex((name) => nirHeading.test(name));
  if (at >= 0)
    throw new FileFault(
      `${file}: column ${at + 1} looks like the social security number (NIR), which is never kept here. ` +
        'Take the column out of the file; nothing was read.',
    );
  const found = names.map((name) => known.find((each) => each.headings.some((it) => folded(it) === name)));
  refuseUnknown(headings, found, { known, file });
  const columns = found as Column[];
  const twice = columns.find((column, n) => columns.indexOf(column) !== n);
  if (twice) throw new FileFault(`${file}: « ${twice.headings[0]!} » stands twice.`);
  const missing = known.filter((column) => column.required && !columns.includes(column));
  if (missing.length) throw new FileFault(`${file}: missing: ${inWords(missing)}.`);
  return columns;
}

/** A first line that names no column at all may be a row of data: it is not repeated. */
function refuseUnknown(
  headings: readonly string[],
  found: readonly (Column | undefined)[],
  { known, file }: { known: readonly Column[]; file: string },
): void {
  if (found.every((column) => column === undefined))
    throw new FileFault(`${file}: the first line names no column. Expected: ${inWords(known)}.`);
  const unknown = headings.flatMap((heading, at) =>
    found[at] ? [] : [heading === '' || holdsNir(heading) ? `number ${at + 1}` : `« ${heading} »`],
  );
  if (unknown.length)
    throw new FileFault(`${file}: unknown: ${unknown.join(', ')}. Known: ${inWords(known)}.`);
}

function inWords(columns: readonly Column[]): string {
  return columns.map(({ headings }) => headings[0]).join(', ');
}
