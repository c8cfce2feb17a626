import { subjectOf } from '../kernel/ids.ts';
import { ErasureReason } from './erasure.rules.ts';

/** That a person was erased, as it is kept apart from the database: an id, an instant, a code. */
export interface Tombstone {
  person: string;
  at: string;
  reason: ErasureReason;
}

/** One line of the file; its last word tells a line cut short, or altered, from a whole one. */
export function lineOf({ person, at, reason }: Tombstone): string {
  const words = `${person} ${new Date(at).toISOString()} ${reason}`;
  return `${words} ${checkOf(words)}`;
}

export interface Tombstones {
  tombstones: Tombstone[];
  /** Lines that are no tombstone, or no longer the one that was written. */
  damaged: number;
}

export function readLines(text: string): Tombstones {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const tombstones = lines.map(tombstoneOf).filter((each) => each !== null);
  return { tombstones, damaged: lines.length - tombstones.length };
}

function tombstoneOf(line: string): Tombstone | null {
  const [person = '', at = '', reason = '', check] = line.trim().split(' ');
  const whole = check === checkOf(`${person} ${at} ${reason}`);
  const known = subjectOf(person) === 'Person' && reason in ErasureReason && !Number.isNaN(Date.parse(at));
  return whole && known ? { person, at, reason: reason as ErasureReason } : null;
}

/** FNV-1a, 32 bits: finds accidents. Who may write the file may erase; no check can stop them. */
function checkOf(words: string): string {
  let hash = 0x811c9dc5;
  for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
