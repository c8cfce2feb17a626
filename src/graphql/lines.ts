import { createHash } from 'node:crypto';
import { requireScope } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Scope } from '../kernel/viewer.ts';
import { claim, command, type PayloadOf, userErrorOf } from './command.ts';
import type { Context } from './context.ts';
import type { ById } from './loaders.ts';
import type { UserError } from './payload.ts';
import { refuseUnreadable } from './text.ts';

/** Each line names its subject by the noun. */
type Line<N extends string> = { [name in N]: string };

interface Lines<L> {
  lines: L[];
  idempotencyKey?: string | null;
}

interface CommandOfLines<N extends string, L extends Line<N>, R, I extends Lines<L>> {
  ctx: Context;
  operation: string;
  scope: Scope;
  input: I;
  /** How many lines it takes. */
  most: number;
  noun: N;
  read: ById<R>;
  act: (tx: Transaction, line: L) => Promise<{ id: string }>;
}

type LineDone<N extends string, R> = PayloadOf<N, R> & { id: string };

/**
 * A mutation of many lines, each a command of its own: its own transaction, its own result, and one that is refused stops
 * no other. The key covers the whole: the same one with other lines is refused for each.
 */
export async function commandOfLines<N extends string, L extends Line<N>, R, I extends Lines<L>>(
  of: CommandOfLines<N, L, R, I>,
): Promise<{ lines: LineDone<N, R>[]; userErrors: UserError[] }> {
  requireScope(of.ctx.viewer, of.scope);
  try {
    checkWhole(of.input, of.most);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { lines: [], userErrors: [userErrorOf(error, of.ctx)] };
  }
  const lines: LineDone<N, R>[] = [];
  for (const at of of.input.lines.keys()) lines.push(await lineDone(of, at));
  return { lines, userErrors: lines.flatMap(({ userErrors }) => userErrors) };
}

function checkWhole(
  input: { lines: readonly unknown[]; idempotencyKey?: string | null },
  most: number,
): void {
  const { lines, idempotencyKey: key = null } = input;
  refuseUnreadable(input);
  if (lines.length === 0) throw invalid('lines', 'REQUIRED');
  if (lines.length > most) throw invalid('lines', 'TOO_MANY', { most });
  if (key !== null && (key.length < 1 || key.length > 200))
    throw invalid('idempotencyKey', 'LENGTH', { least: 1, most: 200 });
}

async function lineDone<N extends string, L extends Line<N>, R, I extends Lines<L>>(
  of: CommandOfLines<N, L, R, I>,
  at: number,
): Promise<LineDone<N, R>> {
  const { ctx, operation, scope, input, noun, read } = of;
  const line = input.lines[at]!;
  const subject: string = line[noun];
  const done = await command({
    ...{ ctx, operation, scope, noun, read, subject },
    input: { ...input, at, idempotencyKey: keyOf(input.idempotencyKey, at) },
    async act(tx) {
      // whichever line is done first takes the whole's key for all of them
      if (input.idempotencyKey != null) await claim(tx, { operation, key: input.idempotencyKey, input });
      return of.act(tx, line);
    },
  });
  return { ...done, id: subject, userErrors: done.userErrors.map((each) => placed(each, at, input)) };
}

/** The key of one line, made of the whole's: of one length, whatever the client chose. */
function keyOf(key: string | null | undefined, at: number): string | null {
  return key == null ? null : createHash('sha256').update(`${key}\n${at}`).digest('hex');
}

/** Where a refusal's field stands in the whole input: in its line, unless the whole says it for all. */
function placed(error: UserError, at: number, { lines, ...whole }: { lines: readonly object[] }): UserError {
  const [first = ''] = error.field ?? [];
  if (error.code === 'IDEMPOTENCY_MISMATCH' || (first in whole && !(first in lines[at]!))) return error;
  return { ...error, field: ['lines', String(at), ...(error.field ?? [])] };
}
