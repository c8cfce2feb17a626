import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileFault } from '../imports/rows.ts';

/** What a spreadsheet writes: UTF-8 with or without its mark, UTF-16 (« texte Unicode »), or the Windows of western Europe. */
export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

const damaged = /\uFFFD/g;
const beyondAscii = /[\u0080-\uFFFC]/g;

/**
 * Which one a file is in. Bytes that are no UTF-8 mean windows-1252, unless most of the accents are good UTF-8: then the file
 * is damaged, and reading it otherwise would spoil every name.
 */
export async function encodingOf(path: string, name: string): Promise<Encoding> {
  const mark = await firstBytes(path);
  if (mark.startsWith('504b0304')) throw new FileFault(`${name} is a workbook: save the sheet as CSV.`);
  if (mark.startsWith('fffe')) return 'utf-16le';
  const decoder = new TextDecoder('utf-8');
  let [bad, good] = [0, 0];
  const count = (text: string) => {
    bad += text.match(damaged)?.length ?? 0;
    good += text.match(beyondAscii)?.length ?? 0;
  };
  for await (const chunk of read(path)) count(decoder.decode(chunk, { stream: true }));
  count(decoder.decode());
  if (bad === 0) return 'utf-8';
  if (mark.startsWith('efbbbf') || good > bad)
    throw new FileFault(`${name} is damaged: ${bad} of its characters are no UTF-8.`);
  return 'windows-1252';
}

/** The text of a file as it comes, without its mark. */
export async function* textOf(
  path: string,
  encoding: Encoding,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<string> {
  const decoder = encoding === 'windows-1252' ? null : new TextDecoder(encoding);
  for await (const chunk of read(path)) {
    yield decoder ? decoder.decode(chunk, { stream: true }) : western(chunk);
    onBytes(chunk.length);
  }
  if (decoder) yield decoder.decode();
}

function read(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 1 << 17 });
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await file.close();
  }
}

/** Where windows-1252 is not Latin-1, from 0x80; Node's own decoder takes the two for one. */
const from80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function western(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009F]/g, (each) => from80[each.charCodeAt(0) - 0x80]!);
}
