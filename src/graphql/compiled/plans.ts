import {
  getVariableValues,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compile, type Compiled } from './compile.ts';
import type { Answer } from './run.ts';

export interface Question {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown> | null | undefined;
  context: unknown;
}

/** An operation, and how it was compiled for each setting of its switches. */
interface Met {
  switches: readonly string[];
  plans: Map<string, Compiled | null>;
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
  async answer(question: Question): Promise<Answer | null> {
    const { operation, variables, context } = question;
    if (operation.operation !== OperationTypeNode.QUERY) return null;
    const met = this.meet(question);
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables ?? {});
    const compiled = coerced && this.compiled(met, { ...question, variables: coerced });
    return compiled ? compiled(context, coerced) : null;
  }

  private meet({ document, operation }: Question): Met {
    let met = this.met.get(operation);
    if (!met) this.met.set(operation, (met = { switches: switchesIn(document), plans: new Map() }));
    return met;
  }

  private compiled({ switches, plans }: Met, of: Question & { variables: Record<string, unknown> }) {
    const setting = switches.map((name) => String(of.variables[name])).join();
    let compiled = plans.get(setting);
    if (compiled !== undefined) return compiled;
    if (plans.size >= mostSettings) return null;
    try {
      compiled = compile(this.schema, of);
    } catch {
      compiled = null; // asked of the schema itself, or of what has no plan
    }
    plans.set(setting, compiled);
    return compiled;
  }
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
