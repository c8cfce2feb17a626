import type { ApolloServerPlugin } from '@apollo/server';
import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { writeLines, type Shown } from '../audit/access-log.store.ts';
import type { Disclosed } from '../db/disclosures.ts';
import type { Context } from '../graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { asking, type Asked } from './asked.ts';
import { answerOf, headersOf, statusOf } from './errors.ts';

const longestOperation = 200;

export interface Answering {
  ctx: Context;
  asked: Asked;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  patience?: number;
}

/**
 * Writes of whom the answer opens what, and answers once that is committed: null, or why the answer may not leave.
 * No line, no data; no data, no line.
 */
export async function logged(of: Answering, data: unknown): Promise<Refusal | null> {
  const disclosed = of.ctx.disclosures.take();
  return data === null || data === undefined ? null : written(of, disclosed);
}

/** The same of an answer that goes to several, for those of them who are named. */
export async function written(
  of: Answering,
  disclosed: readonly Disclosed[],
  readers?: readonly Shown[],
): Promise<Refusal | null> {
  if (!disclosed.length || readers?.length === 0) return null;
  const { ctx, asked, patience } = of;
  const silent = of.operation.operation === OperationTypeNode.MUTATION && !ctx.beforeCommit;
  const excused = silent ? 'EVERYBODY' : [...ctx.excused];
  try {
    await writeLines(ctx, { readers, disclosed, operation: rootFields(of), excused, patience });
    return null;
  } catch (err) {
    if (err instanceof Refusal) return err;
    asked.log.error(
      { err, requestId: asked.requestId },
      'what was read could not be logged: nothing is told',
    );
    return new Refusal('UNAVAILABLE', { reason: 'ACCESS_LOG' });
  }
}

/** At Apollo's door: the last thing before the answer is written. */
export function disclosing(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ contextValue: ctx, document, operation, response }) {
          const { body, http } = response;
          const asked = asking.getStore()!;
          const whole = body.kind === 'single' && document && operation;
          const refusal = whole
            ? await logged({ ctx, asked, document, operation }, body.singleResult.data)
            : unloggable(ctx, body.kind);
          if (!refusal) return;
          response.body = { kind: 'single', singleResult: answerOf(refusal, asked) };
          http.status = statusOf(refusal.code);
          for (const [name, value] of Object.entries(headersOf(refusal))) http.headers.set(name, value);
        },
      }),
  };
}

/**
 * An answer in parts would be read on after this, and one to no operation has no name for its line: the first never
 * leaves, the second only if it tells of nobody.
 */
function unloggable({ disclosures }: Context, kind: 'single' | 'incremental'): Refusal | null {
  const told = disclosures.take().length > 0 || kind === 'incremental';
  return told ? new Refusal('UNAVAILABLE', { reason: 'ACCESS_LOG' }) : null;
}

/** `person, people`: what was asked at the root, by the schema's own names; a client's words stay out of the log. */
function rootFields({ document, operation }: Answering): string {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  );
  const names = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) names.add(each.name.value);
      else if (each.kind === Kind.INLINE_FRAGMENT) walk(each.selectionSet);
      else walk(fragments.get(each.name.value)!);
    }
  };
  walk(operation.selectionSet);
  return [...names].join(', ').slice(0, longestOperation);
}
