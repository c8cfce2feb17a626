import type { Line, Sheet } from './sheet.rules.ts';

const [bar, gap, left, width] = [18, 6, 260, 640];
const room = width - left - 80;
const most = 60;

/**
 * Bars, one a line, as SVG: each says its number, so that nobody has to see a length; what is kept back has no bar. The
 * same numbers stand in its description, as a table for whoever hears the page.
 */
export function chartOf(sheet: Sheet): string {
  const rows = sheet.rows.slice(0, most);
  const highest = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  const height = 40 + rows.length * (bar + gap);
  const bars = rows.map((line, at) => barOf(line, 36 + at * (bar + gap), highest));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="12">
<title id="t">${escaped(sheet.title)}</title>
<desc id="d">${escaped(rows.map((line) => `${line.keys.join(', ')}: ${said(line)}`).join('; '))}</desc>
<text x="0" y="16" font-weight="bold">${escaped(sheet.title)}</text>
${bars.join('\n')}
</svg>
`;
}

function barOf(line: Line, y: number, highest: number): string {
  const length = Math.round(((line.value ?? 0) / highest) * room);
  const middle = y + bar - 5;
  return (
    `<text x="${left - 8}" y="${middle}" text-anchor="end">${escaped(line.keys.join(', ').slice(0, 40))}</text>` +
    `<rect x="${left}" y="${y}" width="${length}" height="${bar}" fill="#3558a2"/>` +
    `<text x="${left + length + 6}" y="${middle}">${escaped(said(line))}</text>`
  );
}

function said({ value, of }: Line): string {
  if (value === null) return '…';
  return of === null ? `${value}` : `${value} / ${of}`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
