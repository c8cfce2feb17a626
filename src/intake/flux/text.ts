import { createReadStream } from 'node:fs';
import { textOf } from '../encoding.ts';
import { FluxFault } from './fault.ts';

/** The text of an XML file, by the encoding its first line declares; bytes that are not of it refuse the file. */
type Declared = 'utf-8' | 'windows-1252';

const encodings: Readonly<Record<string, Declared>> = {
  'utf-8': 'utf-8',
  'us-ascii': 'utf-8',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'windows-1252',
};

export async function* xmlOf(
  path: string,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<string> {
  const declared = await declaredIn(path);
  if (declared === 'windows-1252') {
    for await (const text of textOf(path, declared, onBytes)) yield withinLatin(text);
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 17 }) as AsyncIterable<Buffer>) {
    yield decoded(() => decoder.decode(chunk, { stream: true }), line);
    for (const byte of chunk) if (byte === 10) line++;
    onBytes(chunk.length);
  }
  yield decoded(() => decoder.decode(), line);
}

function decoded(decode: () => string, line: number): string {
  try {
    return decode();
  } catch {
    throw new FluxFault('ENCODING', line);
  }
}

/** Bytes that are no character of windows-1252 are a mark of another encoding. */
function withinLatin(text: string): string {
  if (/[\u0081\u008D\u008F\u0090\u009D]/.test(text)) throw new FluxFault('ENCODING', 1);
  return text;
}

async function declaredIn(path: string): Promise<Declared> {
  for await (const chunk of createReadStream(path, { end: 199 }) as AsyncIterable<Buffer>) {
    const head = chunk.toString('latin1').replace(/^\u00EF\u00BB\u00BF/, '');
    const [, named] = /^<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/.exec(head) ?? [];
    const encoding = encodings[(named ?? 'utf-8').toLowerCase()];
    if (encoding && !/^(\u00FE\u00FF|\u00FF\u00FE)/.test(head)) return encoding;
  }
  throw new FluxFault('ENCODING', 1);
}

/** UTF-8 read as windows-1252: « Ã© » in a name. */
export function isMisread(text: string): boolean {
  return /[ÃÂ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŽžŸ]/.test(text);
}
