/** Tells one process from another: after a crash a pid is given again, a pid with its start time is not. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

export interface ProcessMark {
  pid: number;
  /** Opaque, comparable on one machine only; missing where the system does not tell (Windows). */
  started?: string | undefined;
}

interface Portrait {
  uid: number;
  zombie: boolean;
  started: string;
  command: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, started: portrait(pid)?.started };
}

export function isAlive({ pid, started }: ProcessMark): boolean {
  if (!answers(pid)) return false;
  const seen = portrait(pid);
  if (!seen) return true;
  return !seen.zombie && (started === undefined || seen.started === started);
}

/** False only when the system shows that this pid is now another program, or another user's. */
export function couldBe(pid: number, uid: number | undefined, argument: string): boolean {
  const seen = portrait(pid);
  return !seen || (seen.command.includes(argument) && (uid === undefined || seen.uid === uid));
}

/** Also true of a zombie, which the system keeps until its parent has heard of its death. */
export function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function portrait(pid: number): Portrait | undefined {
  try {
    if (process.platform === 'linux') return fromProc(pid);
    return process.platform === 'win32' ? undefined : fromPs(pid);
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): Portrait {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name, which may itself hold spaces and brackets: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    uid: statSync(`/proc/${pid}`).uid,
    zombie: fields[0] === 'Z',
    started: fields[19] ?? '',
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
  };
}

function fromPs(pid: number): Portrait | undefined {
  const line = execFileSync('ps', ['-ww', '-o', 'uid=,stat=,lstart=,command=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [, uid, stat = '', started = '', command = ''] =
    /^\s*(-?\d+)\s+(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)/.exec(line) ?? [];
  if (uid === undefined) return undefined;
  // macOS writes nobody's number as -2 here and as 4294967294 there.
  return { uid: Number(uid) >>> 0, zombie: stat.startsWith('Z'), started, command };
}
