import { invalid } from '../kernel/refusal.ts';

const apart = '[\\s.\\-]?';
const digits = (...groups: string[]) => groups.join(apart);
const d = '\\d';
const department = `(?:${digits(d, d)}|${digits('2', '[ABab]')})`;
const nir = new RegExp(
  `(?<![0-9])${digits('[1-478]', d, d, d, d, department, d, d, d, d, d, d)}(?:${apart}${digits(d, d)})?(?!${apart}[0-9])`,
  'g',
);

/** The social security number (NIR) is never in the hub: a text that holds one is refused wherever it is typed. */
export function refuseNir(input: unknown, path: string[] = []): void {
  if (typeof input === 'string' && holdsNir(input)) throw invalid(path.join('.'), 'NIR');
  if (input !== null && typeof input === 'object')
    for (const [key, value] of Object.entries(input)) refuseNir(value, [...path, key]);
}

/** Thirteen characters in the shape of a NIR, or fifteen whose key is right, however they are spaced. */
export function holdsNir(text: string): boolean {
  // full-width digits are digits too
  return [...text.normalize('NFKC').matchAll(nir)].some(([match]) =>
    isNir(match.replace(/[\s.-]/g, '').toUpperCase()),
  );
}

function isNir(text: string): boolean {
  if (text.length === 13) return /^[12]\d\d(0[1-9]|1[0-2])/.test(text);
  // Corsica's departments count as numbers: 2A is 19 and 2B 18
  const number = BigInt(text.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97n - (number % 97n) === BigInt(text.slice(13));
}
