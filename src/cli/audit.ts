import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import type { LineFault } from '../audit/compare.ts';
import { hashOf } from '../audit/merkle.ts';
import { KnownKeys, SealKey } from '../audit/seal-key.ts';
import { hex, segmentText } from '../audit/sealed-text.ts';
import { lastSegment } from '../audit/segment.store.ts';
import { Verifier, type Anchor, type Finding, type SegmentFault } from '../audit/verify.ts';
import { readSettings } from '../config/settings.ts';
import { publicKeys } from '../config/signing.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { settingsOfHub, withDatabase } from './connection.ts';

/** Says whether the access log is as it was sealed: `npm run audit -- verify`. */
const viewer = hubViewer('audit');

const words: Record<SegmentFault | LineFault, string> = {
  MISSING: 'the segment is not there',
  CHAIN: 'does not follow the segment before it',
  SIGNATURE: 'the signature is not that of its key',
  UNKNOWN_KEY: 'sealed by a key that was not given (AUDIT_PUBLIC_KEYS)',
  LIST: 'its list of lines is not the one that was sealed',
  CUT: 'all its lines are gone, and no record says that retention took them',
  DROP: 'its record of being dropped does not hold',
  ANCHOR: 'is not there as it was noted: cut, or rewritten',
  OUTSIDE: 'a line stands before the first position',
  EDITED: 'edited',
  DELETED: 'deleted',
  INSERTED: 'inserted',
  REORDERED: 'moved from another position',
};

function told(finding: Finding): string {
  const where = `segment ${finding.segment}`;
  const place = 'pos' in finding ? `, position ${finding.pos}` : '';
  const line = finding.line ? ` (${finding.line})` : '';
  return `${where}${place}${line}: ${words[finding.fault]}`;
}

const noLog = 'there is no access log';

async function verify({ expect }: { expect?: Anchor }): Promise<void> {
  const settings = settingsOfHub(noLog);
  const former = settings.AUDIT_PUBLIC_KEYS ? publicKeys(settings.AUDIT_PUBLIC_KEYS) : [];
  const keys = new KnownKeys([...former, SealKey.of(settings).publicHalf]);
  const onFinding = (finding: Finding) => console.log(told(finding));
  const found = await withDatabase((db) =>
    new Verifier(db.as(viewer), { keys, anchor: expect, onFinding }).run(),
  );
  for (const remark of found.remarks) console.log(`note: ${remark}`);
  const { segments, intact, dropped, unsealed, findings, head } = found;
  console.log(
    `${segments} segments: ${intact} lines as they were sealed, ${dropped} dropped by retention, ${unsealed} not sealed yet; ${findings} findings`,
  );
  if (head) console.log(`head ${head.number}:${head.hash}`);
  if (findings) process.exitCode = 1;
}

async function head(): Promise<void> {
  settingsOfHub(noLog);
  const last = await withDatabase((db) => lastSegment(db.as(viewer)));
  if (!last) throw new Error('Nothing is sealed yet.');
  console.log(`${last.number}:${hex(hashOf(segmentText(last)))}`);
}

function key(): void {
  const { id, publicHalf } = SealKey.of(readSettings());
  console.log(publicHalf.export({ format: 'der', type: 'spki' }).toString('base64'));
  console.error(`key ${id}`);
}

function anchorOf(text: string): Anchor {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!hash) throw new InvalidArgumentError('what `head` printed is expected: <number>:<hash>.');
  return { number: Number(number), hash };
}

const program = new Command('npm run audit --').description('The access log and its seal.');
program
  .command('verify')
  .description('finds every sealed line edited, deleted, moved, inserted or cut; ends with 1 if there is one')
  .option('--expect <number:hash>', 'a head noted before, kept elsewhere: what it sealed must still be there', anchorOf)
  .action(verify); // prettier-ignore
program
  .command('head')
  .description('number and hash of the last segment, to be noted elsewhere')
  .action(head);
program.command('key').description('the public half of the key that seals now').action(key);

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
