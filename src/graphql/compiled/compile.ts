import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  typeFromAST,
  TypeNameMetaFieldDef,
  isAbstractType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { completing, type Fill } from './complete.ts';
import { isPromise, OffTheLine, Run, type Answer } from './run.ts';

/** An operation made ready to be asked again and again; null where it cannot be answered in a straight line. */
export type Compiled = (context: unknown, variables: Record<string, unknown>) => Promise<Answer | null>;

/**
 * Compiles one operation for the values its `@skip` and `@include` have now. What is compiled knows the happy path alone:
 * any error makes it give up, and GraphQL's own executor tells it (docs/adr/0040).
 */
export function compile(schema: GraphQLSchema, of: Asked): Compiled {
  const root = schema.getQueryType()!;
  const fill = new Compilation(schema, of).fillOf(root, [of.operation.selectionSet]);
  return (context, variables) => {
    const run = new Run(context, variables);
    return run.answered(() => {
      const answer: Answer = {};
      fill(undefined, answer, run);
      return answer;
    });
  };
}

export interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** Coerced; of all of them only those that switch fields on and off are looked at. */
  variables: Record<string, unknown>;
}

class Compilation {
  private readonly fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  private slots = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly of: Asked,
  ) {
    for (const each of of.document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.fragments[each.name.value] = each;
  }

  fillOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Fill {
    const steps = [...this.collected(type, sets)].map(([key, nodes]) => this.step(type, key, nodes));
    return (source, into, run) => {
      for (const step of steps) step(source, into, run);
    };
  }

  private step(parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Fill {
    const [node] = nodes as [FieldNode];
    if (node.name.value === TypeNameMetaFieldDef.name) return (_, into) => void (into[key] = parent.name);
    const field = parent.getFields()[node.name.value];
    if (!field) throw new OffTheLine(); // the schema asked of itself
    const info = this.infoOf(parent, field, nodes);
    const read = this.reading(field, node, info);
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const fills = new Map<GraphQLObjectType, Fill>();
    const fillOf = (type: GraphQLObjectType): Fill => {
      let fill = fills.get(type);
      if (!fill) fills.set(type, (fill = this.fillOf(type, sets)));
      return fill;
    };
    const complete = completing(field.type, { fillOf, info });
    return (source, into, run) => {
      const value = read(source, run);
      into[key] = null; // its place among the others, until it comes
      if (isPromise(value)) run.later(value, (came) => (into[key] = complete(came, run)));
      else into[key] = complete(value, run);
    };
  }

  private reading(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    info: (run: Run) => GraphQLResolveInfo,
  ) {
    const { resolve, name } = field;
    const slot = this.slots++;
    const args = (run: Run) => (run.asked[slot] ??= getArgumentValues(field, node, run.variables)) as object;
    if (resolve)
      return (source: unknown, run: Run) => resolve(source, args(run), run.context, info(run)) as unknown;
    return (source: unknown, run: Run): unknown => {
      const value = (source as Record<string, unknown> | undefined)?.[name];
      if (typeof value !== 'function') return value;
      return (value as (...given: unknown[]) => unknown).call(source, args(run), run.context, info(run));
    };
  }

  /** All a resolver may be told of its place but the path, which differs from row to row: who asks for it is answered elsewhere. */
  private infoOf(
    parentType: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    fieldNodes: readonly FieldNode[],
  ) {
    const slot = this.slots++;
    const { schema, fragments } = this;
    const { operation } = this.of;
    const whole = {
      fieldName: field.name,
      returnType: field.type,
      fieldNodes,
      parentType,
      schema,
      fragments,
      operation,
    };
    return (run: Run) =>
      (run.asked[slot] ??= {
        ...{ ...whole, rootValue: undefined, variableValues: run.variables },
        get path(): never {
          throw new OffTheLine();
        },
      }) as GraphQLResolveInfo;
  }

  /** The fields asked of a type, by the names they are answered under, as GraphQL collects them. */
  private collected(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const walk = ({ selections }: SelectionSetNode): void => {
      for (const each of selections) {
        if (!this.isAsked(each)) continue;
        if (each.kind === Kind.FIELD) {
          const key = each.alias?.value ?? each.name.value;
          fields.set(key, [...(fields.get(key) ?? []), each]);
        } else if (each.kind === Kind.INLINE_FRAGMENT) {
          if (this.isOf(type, each)) walk(each.selectionSet);
        } else if (!spread.has(each.name.value)) {
          spread.add(each.name.value);
          const fragment = this.fragments[each.name.value]!;
          if (this.isOf(type, fragment)) walk(fragment.selectionSet);
        }
      }
    };
    sets.forEach(walk);
    return fields;
  }

  private isAsked(node: SelectionSetNode['selections'][number]): boolean {
    if (!node.directives?.length) return true;
    const { variables } = this.of;
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
  }

  private isOf(
    type: GraphQLObjectType,
    {
      typeCondition,
    }: Pick<FragmentDefinitionNode, never> & { typeCondition?: FragmentDefinitionNode['typeCondition'] },
  ) {
    if (!typeCondition) return true;
    const named = typeFromAST(this.schema, typeCondition);
    return named === type || (isAbstractType(named) && this.schema.isSubType(named, type));
  }
}
