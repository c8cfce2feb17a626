import {
  getNamedType,
  getNullableType,
  getVariableValues,
  isListType,
  Kind,
  visit,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { defaultPageSize, largestPage } from '../kernel/page.ts';
import { Refusal } from '../kernel/refusal.ts';

export interface Operation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown> | null | undefined;
}

/** Rows a short list without pages is taken to hold. */
const shortList = 5;
/** The schema is in memory: asking it is cheap, yet not free. */
const schemaField = 0.02;
const mutationPoints = 10;
/** What takes as long as many fields (bench/answers.mjs), as its description says. */
const dear: Readonly<Record<string, number>> = {
  'Referral.nextBest': 20,
  'Organisation.usualAnswerTime': 10,
  'Offer.answers': 5,
  'Person.suggestions': 30,
  'Vacancy.candidates': 30,
  'Match.standing': 20,
  'Query.previewRule': 100,
  'Query.simulate': 100,
  'Query.peopleWithoutPlace': 100,
  'Query.explainMatch': 20,
  'PartnersAgenda.answers': 50,
  'Query.unmetNeeds': 50,
};
/** Fields counted before giving up: fragments that spread each other unfold without end. */
const mostFields = 20_000;

/**
 * Points an operation may cost at most: one a field (or what it is worth), multiplied by the rows of every list it stands in. A page
 * counts as many rows as it asks for, a list of ids as many as it names.
 */
export function costOf(schema: GraphQLSchema, of: Operation): number {
  // a wrong variable is refused here: what could not be weighed is not run
  const { coerced, errors } = getVariableValues(
    schema,
    of.operation.variableDefinitions ?? [],
    of.variables ?? {},
    {
      maxErrors: 5,
    },
  );
  if (errors) throw wrongVariable(errors[0]!);
  const weighed = weighedOf(of.operation);
  const setting = settingOf(of, coerced!);
  let cost = weighed.get(setting);
  if (cost === undefined) {
    if (weighed.size >= mostSettings) weighed.clear();
    weighed.set(setting, (cost = reckoned(schema, of)));
  }
  return cost;
}

const mostSettings = 100;
/** What operations weighed, as long as their documents are kept. */
const weights = new WeakMap<OperationDefinitionNode, Map<string, number>>();

function weighedOf(operation: OperationDefinitionNode): Map<string, number> {
  let weighed = weights.get(operation);
  if (!weighed) weights.set(operation, (weighed = new Map()));
  return weighed;
}

/** The arguments whose values weigh; of any other it matters only whether it is there. */
const weighing = new Set(['first', 'last', 'ids', 'representations', 'if']);
const weighingIn = new WeakMap<DocumentNode, ReadonlySet<string>>();

/** All of the variables that the weight hangs on, as a text. */
function settingOf({ document, operation }: Operation, coerced: Record<string, unknown>): string {
  let named = weighingIn.get(document);
  if (!named) weighingIn.set(document, (named = weighingVariables(document)));
  const known = (operation.variableDefinitions ?? []).map(({ variable: { name } }) => {
    const value = coerced[name.value];
    if (value === null || value === undefined) return String(value);
    if (Array.isArray(value)) return `[${value.length}`;
    return named.has(name.value) ? JSON.stringify(value) : '';
  });
  return known.join();
}

function weighingVariables(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (weighing.has(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return names;
}

function reckoned(schema: GraphQLSchema, { document, operation, variables }: Operation): number {
  const known = document.definitions.filter(
    (each) => each === operation || each.kind === Kind.FRAGMENT_DEFINITION,
  );
  return Math.ceil(weigh(schema, { kind: Kind.DOCUMENT, definitions: known }, variables ?? {}));
}

function weigh(schema: GraphQLSchema, query: DocumentNode, variables: Record<string, unknown>): number {
  try {
    return getComplexity({ schema, query, variables, estimators: [fieldCost], maxQueryNodes: mostFields });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (/number of nodes/.test(error.message))
      throw new Refusal('LIMIT_EXCEEDED', { reason: 'FRAGMENTS', most: mostFields });
    throw wrongVariable(error);
  }
}

function wrongVariable(error: GraphQLError): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
  return new GraphQLError(error.message, { nodes: error.nodes, extensions });
}

function fieldCost({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  if (type.name.startsWith('__') || field.name.startsWith('__'))
    return schemaField + schemaRows(field) * childComplexity;
  const own = type.name === 'Mutation' ? mutationPoints : (dear[`${type.name}.${field.name}`] ?? 1);
  return own + rowsOf(type.name, field, args) * childComplexity;
}

type Field = ComplexityEstimatorArgs['field'];

/** How many times what stands below a field may be answered. */
function rowsOf(parent: string, field: Field, args: ComplexityEstimatorArgs['args']): number {
  const asked = args as { first?: number; last?: number; ids?: unknown[]; representations?: unknown[] };
  const named = asked.ids ?? asked.representations;
  if (isListType(getNullableType(field.type)) && named) return listOf(named);
  if (isPage(getNamedType(field.type).name)) return Math.max(0, asked.first ?? asked.last ?? defaultPageSize);
  if (isListType(getNullableType(field.type)) && asked.first != null) return Math.max(0, asked.first);
  const paged = isPage(parent); // its rows were counted where the page was asked
  return isListType(getNullableType(field.type)) && !paged ? shortList : 1;
}

const isPage = (type: string) => /(Connection|EventPage)$/.test(type);

function listOf(ids: unknown[]): number {
  if (ids.length > largestPage)
    throw new Refusal('LIMIT_EXCEEDED', { reason: 'IDS', found: ids.length, most: largestPage });
  return ids.length;
}

function schemaRows(field: Field): number {
  if (field.name === 'types') return 150;
  return isListType(getNullableType(field.type)) ? shortList : 1;
}
