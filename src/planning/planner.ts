import type { Logger } from 'pino';
import { clientViewer, memberViewer } from '../auth/login.ts';
import { holds } from '../auth/policy.ts';
import type { Database } from '../db/database.ts';
import type { EventFeed } from '../events/feed.ts';
import type { JournalLine } from '../events/line.ts';
import { Rounds } from '../events/rounds.ts';
import { hasScope, hubViewer, type Viewer } from '../kernel/viewer.ts';
import { emailOf } from '../partners/member.store.ts';
import { readRun } from './facts.store.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { eyesOf } from './run.store.ts';
import { besideThis, RunFailed, solveApart } from './solver.ts';
import {
  failRun,
  finishRun,
  holdRun,
  leaseSeconds,
  reachStage,
  releaseRun,
  takeRun,
} from './solving.actions.ts';

export interface PlannerOptions {
  db: Database;
  feed: EventFeed;
  log: Logger;
  /** Whether health data are kept: what an author sees hangs on it. */
  health: boolean;
  /** The file of the thread that solves, where it is not beside this one. */
  thread?: URL | string;
}

const hub = hubViewer('assignment');
const gathering = 20;
const lookEvery = 15_000;

/** Nobody waits for this plan any more: it was called off, another hub has it, or this one stops. */
const letGo = 'let go';

/**
 * Solves runs, one after the other, in a thread beside the moves. Woken by the journal, and every quarter of a minute for
 * what a hub that died has left. Several hubs share the queue: each run is one hub's for as long as it says so.
 */
export class Planner {
  private current: { run: string; ending: AbortController } | null = null;
  private stopping = false;
  private readonly rounds: Rounds;
  private readonly unfollow: () => void;

  constructor(private readonly of: PlannerOptions) {
    const onFault = (err: unknown) => of.log.warn({ err }, 'runs wait for the moment');
    this.rounds = new Rounds({ round: () => this.round(), gathering, onFault });
    this.unfollow = of.feed.follow((line) => this.hear(line));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.unfollow();
    this.current?.ending.abort(new Error(letGo));
    await this.rounds.stop();
  }

  private hear({ type, subjectId }: JournalLine): void {
    if (type === 'assignment.proposed') this.rounds.wake();
    if (type === 'assignment.cancelled' && this.current?.run === subjectId)
      this.current.ending.abort(new Error(letGo));
  }

  private async round(): Promise<number> {
    while (!this.stopping) {
      const run = await takeRun(this.of.db);
      if (!run) break;
      await this.solve(run);
    }
    return lookEvery;
  }

  private async solve(run: AssignmentRunRow): Promise<void> {
    const ending = new AbortController();
    this.current = { run: run.id, ending };
    const held = setInterval(() => void this.hold(run, ending), (leaseSeconds / 3) * 1000).unref();
    try {
      await this.solved(run, ending.signal);
    } catch (error) {
      await this.fell(run, error);
    } finally {
      clearInterval(held);
      this.current = null;
    }
  }

  private async solved(run: AssignmentRunRow, signal: AbortSignal): Promise<void> {
    const { db } = this.of;
    const author = await this.authorOf(run);
    if (!author) throw new RunFailed('RIGHTS_ENDED', 'its author may no longer plan');
    const read = await readRun(db.as(author), run);
    const task = { facts: read.facts, before: read.before, terms: run.terms, seconds: run.atMostSeconds };
    let told: Promise<unknown> = Promise.resolve();
    const onStage = (stage: AssignmentRunRow['stage']) => {
      told = told.then(() => reachStage(db, run, stage!)).catch(() => {}); // the next word of it says more
    };
    const solution = await solveApart(task, { thread: this.of.thread ?? besideThis, onStage, signal });
    await told;
    await finishRun(db, run, { read, solution });
  }

  /** Who asked, as they would be admitted now; null where they see otherwise than they did, or may no longer plan. */
  private async authorOf({ clientId, memberId, eyes }: AssignmentRunRow): Promise<Viewer | null> {
    const { db, health } = this.of;
    const email = clientId === null && memberId ? await emailOf(db.as(hub), memberId) : null;
    const viewer = clientId
      ? await clientViewer(db.pool, clientId, health)
      : email && (await memberViewer(db.pool, email, health));
    if (!viewer || !holds(viewer, 'planAssignments') || !hasScope(viewer, 'people:read')) return null;
    return eyesOf(viewer) === eyes ? viewer : null;
  }

  private async hold(run: AssignmentRunRow, ending: AbortController): Promise<void> {
    // a database that is away for a moment is no reason to let go
    const ours = await holdRun(this.of.db, run).catch(() => true);
    if (!ours) ending.abort(new Error(letGo));
  }

  private async fell(run: AssignmentRunRow, error: unknown): Promise<void> {
    const { db, log } = this.of;
    if (this.stopping) return void (await releaseRun(db, run));
    if ((error as Error).message === letGo) return;
    if (error instanceof RunFailed && error.failure !== 'FAULT') log.info({ run: run.id, failure: error.failure }, 'a run was not solved');
    else log.error({ err: error, run: run.id }, 'a run was not solved');
    await failRun(db, run, error instanceof RunFailed ? error.failure : 'FAULT');
  } // prettier-ignore
}
