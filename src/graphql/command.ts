import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import { requireScope } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { refusalOfConstraint } from '../db/constraints.ts';
import { codes } from '../kernel/codes.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Scope, Viewer } from '../kernel/viewer.ts';
import { renew, type Context } from './context.ts';
import type { ById } from './loaders.ts';
import { sentence } from './messages.ts';
import type { UserError } from './payload.ts';
import { refuseUnreadable } from './text.ts';

interface Outcome {
  id: string;
}

interface CommandOf<N extends string, R, I extends object> {
  ctx: Context;
  /** The mutation's name: an idempotency key belongs to one operation. */
  operation: string;
  /** Without it a tool is refused before anything is read: whether the subject exists is then no question. */
  scope: Scope;
  input: I & { idempotencyKey?: string | null };
  /** Name of the subject in the payload, and how to read it again as the viewer. */
  noun: N;
  read: ById<R>;
  /** Shown as it now is when the move is refused; only ids of the input, re-read under the viewer's rights. */
  subject?: string;
  /** One action: lock → allow → decide → save → record. Answers the id of what it made or moved. */
  act: (tx: Transaction) => Promise<Outcome>;
}

export type PayloadOf<N extends string, R> = { [name in N]: R | null } & { userErrors: UserError[] };

/** Around every mutation: the key first, one transaction as the viewer, refusals as data, the subject re-read. */
export async function command<N extends string, R, I extends object>(
  of: CommandOf<N, R, I>,
): Promise<PayloadOf<N, R>> {
  requireScope(of.ctx.viewer, of.scope);
  try {
    refuseUnreadable(of.input);
    const { id } = await of.ctx.db.write(of.ctx.viewer, (tx) => done(tx, of));
    return await payload(of, id, []);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalOfConstraint(error);
    if (!refusal || codes[refusal.code].door === 'REQUEST') throw refusal ?? error;
    return payload(of, of.subject ?? null, [userErrorOf(refusal, of.ctx)]);
  }
}

interface Moving {
  idempotencyKey?: string | null;
}

/**
 * The mutations of one kind of subject, each named as its action: `moved(ctx, input, endPlacement)`. The subject answers, as it
 * then is; the input names it by its noun, or makes it.
 */
export function movesOf<N extends string, R>({
  noun,
  scope,
  read,
}: Pick<CommandOf<N, R, object>, 'noun' | 'scope' | 'read'>) {
  return <I extends Moving & { [name in N]?: string }>(
    ctx: Context,
    input: I,
    act: (tx: Transaction, input: I) => Promise<Outcome>,
  ) => {
    const subject: string | undefined = input[noun];
    const named = { operation: act.name, act: (tx: Transaction) => act(tx, input) };
    return command({ ctx, scope, input, noun, read, ...named, ...(subject && { subject }) });
  };
}

async function payload<N extends string, R, I extends object>(
  of: CommandOf<N, R, I>,
  id: string | null,
  userErrors: UserError[],
) {
  // what was loaded before the write is no longer true: the rest of this operation reads afresh
  renew(of.ctx);
  const row = id === null ? null : await of.ctx.loaders.load(of.read, id);
  return { [of.noun]: row, userErrors } as PayloadOf<N, R>;
}

async function done<N extends string, R, I extends object>(tx: Transaction, of: CommandOf<N, R, I>) {
  const outcome = await once(tx, of);
  await of.ctx.beforeCommit?.(tx);
  return outcome;
}

/** The key's row is the transaction's first statement: a twin in flight waits here, then reads what was done. */
async function once<N extends string, R, I extends object>(
  tx: Transaction,
  of: CommandOf<N, R, I>,
): Promise<Outcome> {
  const { idempotencyKey: key, ...input } = of.input;
  if (key === null || key === undefined) return of.act(tx);
  if (key.length < 1 || key.length > 200) throw invalid('idempotencyKey', 'LENGTH', { least: 1, most: 200 });
  const done = await claim(tx, { operation: of.operation, key, input });
  if (done) return done.outcome;
  const outcome = await of.act(tx);
  await tx.change(
    sql`update command set outcome = ${JSON.stringify({ id: outcome.id })}
    where client = ${clientOf(tx.asker)} and key = ${key}`,
    1,
  );
  return outcome;
}

/** Takes a key for an operation and its input; null when it is new, else what was done under it. */
export async function claim(
  tx: Transaction,
  { operation, key, input }: { operation: string; key: string; input: unknown },
): Promise<{ outcome: Outcome } | null> {
  const client = clientOf(tx.asker);
  const hash = createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest('hex');
  const claimed = await tx.change(sql`insert into command (client, key, operation, input_hash, at)
    values (${client}, ${key}, ${operation}, ${hash}, ${tx.now}) on conflict do nothing`);
  if (claimed) return null;
  const [row] = await tx.rows<{ input_hash: string; outcome: Outcome }>(
    sql`select input_hash, outcome from command where client = ${client} and key = ${key}`,
  );
  if (row?.input_hash !== hash) throw new Refusal('IDEMPOTENCY_MISMATCH', {}, 'idempotencyKey');
  return row;
}

/** A key is unique per client: the tool, or the member. */
function clientOf(viewer: Viewer): string {
  return viewer.client ?? viewer.member ?? 'HUB';
}

export function userErrorOf(refusal: Refusal, ctx: Pick<Context, 'locale'>): UserError {
  return {
    code: refusal.code as UserError['code'],
    message: sentence(refusal, ctx.locale),
    field: refusal.field?.split('.') ?? null,
  };
}
