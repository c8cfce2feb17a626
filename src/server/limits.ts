import {
  GraphQLError,
  Kind,
  visit,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { Refusal } from '../kernel/refusal.ts';

/** What one request may ask, the same over HTTP and WebSocket. */
export interface Limits {
  /** Words and signs of the document: past it, it is not even read to its end. */
  tokens: number;
  /** Fields below one another. GraphiQL's own question to the schema is 15 deep. */
  depth: number;
  aliases: number;
  directives: number;
  /** Points of one operation; see cost.ts. */
  cost: number;
  /** Points one client may spend in a minute. */
  costPerMinute: number;
  /** Operations open at once on one socket. */
  subscriptions: number;
  /** Bytes that may wait for a slow reader of live messages before it is told to come again. */
  socketBacklog: number;
  /** Refused tokens from one address in a minute; then it waits, and nothing is looked up for it. */
  failuresPerMinute: number;
  /** How often, in seconds, the rights of open sockets are asked again where no event announces a change. */
  socketRightsEvery: number;
  /** How long, in seconds, an open socket outlasts an issuer that cannot be asked whether it withdrew the key. */
  socketBelievedFor: number;
}

export const defaultLimits: Limits = {
  tokens: 2000,
  depth: 16,
  aliases: 30,
  directives: 30,
  cost: 50_000,
  costPerMinute: 500_000,
  subscriptions: 50,
  socketBacklog: 1024 * 1024,
  failuresPerMinute: 20,
  socketRightsEvery: 60,
  socketBelievedFor: 3_600,
};

/** Measures a document's shape beside GraphQL's own rules, so that one walk tells everything at once. */
export function shapeRule(limits: Limits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      for (const refusal of shapeRefusals(document, limits))
        context.reportError(new GraphQLError(refusal.message, { originalError: refusal }));
    },
  });
}

function shapeRefusals(document: DocumentNode, limits: Limits): Refusal[] {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: (field) => void (aliases += field.alias ? 1 : 0),
    Directive: () => void directives++,
  });
  return [
    ...over('DEPTH', depthOf(document), limits.depth),
    ...over('ALIASES', aliases, limits.aliases),
    ...over('DIRECTIVES', directives, limits.directives),
  ];
}

function over(reason: string, found: number, most: number): Refusal[] {
  return found > most ? [new Refusal('LIMIT_EXCEEDED', { reason, found, most })] : [];
}

/** Each fragment is measured once: spreading one a thousand times costs nothing. */
function depthOf(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const measured = new Map<string, number>();

  const fragmentDepth = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0); // a circle is refused by GraphQL's own rule
    const fragment = fragments.get(name);
    const depth = fragment ? selectionDepth(fragment.selectionSet) : 0;
    measured.set(name, depth);
    return depth;
  };
  const selectionDepth = (set: SelectionSetNode): number =>
    set.selections.reduce((deepest, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return Math.max(deepest, fragmentDepth(selection.name.value));
      const below = selection.selectionSet ? selectionDepth(selection.selectionSet) : 0;
      return Math.max(deepest, below + (selection.kind === Kind.FIELD ? 1 : 0));
    }, 0);

  const depths = document.definitions.map((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? selectionDepth(each.selectionSet) : 0,
  );
  return Math.max(0, ...depths);
}
