import {
  getVariableValues,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { Narrowing, type Look } from '../../db/narrowing.ts';
import { renew, type Context } from '../context.ts';
import { Loaders } from '../loaders.ts';
import { compile, type Compiled } from './compile.ts';
import type { Answer } from './run.ts';

export interface Question {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown> | null | undefined;
}

interface Plan {
  run: Compiled;
  narrowing: Narrowing;
}

/** An operation, and how it was compiled for each setting of its switches. */
interface Met {
  switches: readonly string[];
  plans: Map<string, Plan | null>;
}

const mostSettings = 16;

/**
 * The operations met lately, compiled once each. They are kept as long as their documents are, of which the server keeps a
 * bounded store.
 */
export class Plans {
  private readonly met = new WeakMap<OperationDefinitionNode, Met>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** The data; null where GraphQL's own executor must answer: what has no plan, or met an error. */
  async answer(context: Context, question: Question): Promise<Answer | null> {
    const { operation, variables } = question;
    if (operation.operation !== OperationTypeNode.QUERY) return null;
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables ?? {});
    const plan = coerced && this.planOf({ ...question, variables: coerced });
    if (!plan) return null;
    const look = plan.narrowing.look();
    lookAt(context, look);
    const answer = await plan.run(context, coerced);
    if (answer && !look.missed) {
      look.done();
      return answer;
    }
    forget(context);
    return null;
  }

  private planOf(of: Question & { variables: Record<string, unknown> }): Plan | null {
    const { switches, plans } = this.meet(of);
    const setting = switches.map((name) => String(of.variables[name])).join();
    let plan = plans.get(setting);
    if (plan !== undefined) return plan;
    if (plans.size >= mostSettings) return null;
    try {
      plan = { run: compile(this.schema, of), narrowing: new Narrowing() };
    } catch {
      plan = null; // asked of the schema itself, or of what has no plan
    }
    plans.set(setting, plan);
    return plan;
  }

  private meet({ document, operation }: Question): Met {
    let met = this.met.get(operation);
    if (!met) this.met.set(operation, (met = { switches: switchesIn(document), plans: new Map() }));
    return met;
  }
}

function lookAt(context: Context, look: Look): void {
  context.reader = { ...context.reader, look };
  context.loaders = new Loaders(context.reader);
}

/** Nothing of what was gathered in vain leaves the hub: who asks again meets, and notes, what they would have. */
function forget(context: Context): void {
  context.disclosures.take();
  renew(context);
}

/** The variables by which `@skip` and `@include` switch fields on and off. */
function switchesIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given }) => {
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
