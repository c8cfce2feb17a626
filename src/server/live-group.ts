import { execute } from 'graphql';
import type { Disclosed } from '../db/disclosures.ts';
import type { JournalLine } from '../events/line.ts';
import {
  checkpoint,
  concerns,
  livePatience,
  messagesOf,
  mostTold,
  passageAfter,
  type Following,
  type Message,
} from '../events/live.ts';
import { isAfter, type Position } from '../events/place.ts';
import { always, Told, type To } from '../events/told.ts';
import { renew } from '../graphql/context.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { Bell } from './bell.ts';
import { written, type Answering } from './disclosing.ts';
import { answerOf, formattedError } from './errors.ts';
import { Answer, type Listener } from './listener.ts';
import type { Admitted } from './live-admission.ts';

/** What those who listen together have in common: one operation, as one scope sees it, and where they begin. */
export interface Together extends Admitted {
  following: Following<unknown>;
  /** Milliseconds after which one that has heard nothing is told how far it has heard everything. */
  checkpointEvery: number | null;
  from: Position;
  /** Whether the one person asked for was open to them since they began. */
  known: { known: boolean };
  /** Whether it goes at the pace of its reader: one alone, who hears what is past. */
  patient: boolean;
}

interface Events {
  /** Who listens is as far as the feed: it may join those who hear what happens now. */
  caughtUp: (group: LiveGroup) => void;
  empty: (group: LiveGroup) => void;
}

/**
 * Those who listen to the same operation with the same eyes: each line is read, executed and written as text once, then
 * handed to all. It holds a position in the journal and reads on from it, in memory, or in the database where its readers
 * were long away; nothing is kept for it, and it cannot fall behind what is kept.
 */
export class LiveGroup {
  readonly listeners = new Set<Listener>();
  position: Position;
  private readonly told = new Told(mostTold);
  private readonly bell = new Bell();
  private readonly unfollow: () => void;
  private saidAt = Date.now();

  constructor(
    private readonly of: Together,
    private readonly on: Events,
  ) {
    this.position = of.from;
    this.unfollow = of.args.contextValue.feed.onLines(() => this.bell.ring());
  }

  begin(): void {
    void this.run().catch((error: unknown) => this.fail(error));
  }

  leave(listener: Listener): void {
    if (!this.listeners.delete(listener) || this.listeners.size > 0) return;
    this.close();
    this.on.empty(this);
  }

  close(): void {
    this.unfollow();
    this.bell.close();
  }

  private async run(): Promise<void> {
    const { contextValue: ctx } = this.of.args;
    const { checkpointEvery: every } = this.of;
    while (!this.bell.closed) {
      this.bell.hush();
      const { lines, upTo } = await passageAfter(ctx, this.position);
      for (const line of lines) await this.hear(line);
      this.position = upTo;
      if (every !== null && Date.now() - this.saidAt >= every) await this.say(checkpoint(ctx, upTo), upTo);
      if (!isAfter(ctx.feed.at, this.position)) this.on.caughtUp(this);
      if (lines.length === 0) await this.bell.rung(every === null ? null : this.saidAt + every - Date.now());
    }
  }

  private async hear(line: JournalLine): Promise<void> {
    this.position = { tx: line.tx, pos: line.pos };
    const { following, args, known, patient } = this.of;
    const ctx = args.contextValue;
    if (this.bell.closed || !concerns(ctx, following, line)) return;
    // rights, rows and loaders live for one event, nested fields included: nothing remembered from the last one
    renew(ctx, livePatience);
    const resumed = [...this.listeners].some(({ since }) => since === always);
    const memory = { told: this.told, asked: known, resumed };
    const messages = await messagesOf({ ctx, following, line, ...memory });
    for (const { message, to } of messages) await this.say(message, line, to);
    if (patient) for (const { outlet } of this.listeners) await outlet.ready();
  }

  /** Executed once; its disclosures are written for all who are told, before any is. */
  private async say(message: Message<unknown>, at: Position, to?: To): Promise<void> {
    const told = [...this.listeners].filter(
      (each) => isAfter(at, each.position) && (to === undefined || to(each.since)),
    );
    this.saidAt = Date.now();
    if (told.length === 0) return;
    const { args } = this.of;
    const result = await execute({ ...args, rootValue: message });
    const errors = result.errors?.map((error) => formattedError(error, this.of.asked));
    const extensions = { ...result.extensions, cost: args.contextValue.cost };
    const text = JSON.stringify({ ...result, ...(errors && { errors }), extensions });
    const disclosed = args.contextValue.disclosures.take();
    const answer = new Answer(text, message.cursor);
    await this.hand(told, answer, result.data ? disclosed : []);
  }

  private async hand(
    told: readonly Listener[],
    answer: Answer,
    disclosed: readonly Disclosed[],
  ): Promise<void> {
    const now = told.filter(({ open }) => open === true);
    for (const each of told.filter(({ open }) => open === null))
      each.later(async () => this.give([each], answer, await this.write([each], disclosed)));
    this.give(now, answer, await this.write(now, disclosed));
  }

  private give(to: readonly Listener[], answer: Answer, refusal: Refusal | null): void {
    if (refusal?.code === 'UNAVAILABLE') for (const each of to) each.outlet.fail(refusal);
    else {
      const said = refusal
        ? new Answer(JSON.stringify(answerOf(refusal, this.of.asked)), answer.cursor)
        : answer;
      for (const each of to) each.send(said);
    }
  }

  private write(readers: readonly Listener[], disclosed: readonly Disclosed[]): Promise<Refusal | null> {
    const { args, operation, asked } = this.of;
    const answering: Answering = {
      ctx: args.contextValue,
      asked,
      document: args.document,
      operation,
      patience: livePatience,
    };
    return written(
      answering,
      disclosed,
      readers.map(({ shown }) => shown),
    );
  }

  /** Each is told why, and where it stood it may go on: nothing was passed over. */
  private fail(error: unknown): void {
    this.close();
    for (const { outlet } of [...this.listeners]) outlet.fail(error);
    this.listeners.clear();
    this.on.empty(this);
  }
}
