import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  typeFromAST,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from './cost.ts';

/** Types made of what the access log notes: an answer that holds one tells of somebody beyond the core. */
export const tellingTypes: ReadonlySet<string> = new Set([
  ...[
    'Identity',
    'Contact',
    'PersonNumbers',
    'Need',
    'Situation',
    'Rectification',
    'FormerValue',
    'Referent',
  ],
  ...['Profile', 'ProfileStatement', 'Availability', 'AwayPeriod', 'Travel'],
  ...['Entitlement', 'EntitlementPeriod'],
  ...['IaePass', 'IaeDiagnosis', 'IaeEligibility'],
  ...['Pathway', 'PathwayStep', 'Engagement', 'EngagementActivity', 'EngagementReview', 'TimelineEntry'],
  'AssignmentLine',
  ...['Match', 'MatchChange', 'MatchReason', 'MatchStanding', 'MatchedRule'],
]);

/** Of whom an answer may tell: nobody, whom the operation is about, or others who stand in a list it goes through. */
export type Told = 'NOBODY' | 'SUBJECT' | 'OTHERS';

/** What the selection says before anything has run; what may be skipped counts as asked. */
export function toldBy(schema: GraphQLSchema, { document, operation }: Omit<Operation, 'variables'>): Told {
  const told = new Set<Told>();
  const walked = new Set<string>();
  walk(operation.selectionSet, schema.getRootType(operation.operation)!, false);
  return told.has('OTHERS') ? 'OTHERS' : told.has('SUBJECT') ? 'SUBJECT' : 'NOBODY';

  function walk({ selections }: SelectionSetNode, parent: GraphQLCompositeType, listed: boolean): void {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) field(each.name.value, each.selectionSet, parent, listed);
      else if (each.kind === Kind.INLINE_FRAGMENT)
        walk(each.selectionSet, conditioned(each.typeCondition?.name.value, parent), listed);
      else fragment(each.name.value, listed);
    }
  }

  /** Each fragment is walked once a way: spreading one a thousand times costs nothing. */
  function fragment(name: string, listed: boolean): void {
    const key = `${name} ${listed}`;
    if (walked.has(key)) return;
    walked.add(key);
    for (const each of document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name)
        walk(each.selectionSet, typeFromAST(schema, each.typeCondition) as GraphQLCompositeType, listed);
  }

  function field(
    name: string,
    below: SelectionSetNode | undefined,
    parent: GraphQLCompositeType,
    listed: boolean,
  ) {
    if (!below || !('getFields' in parent)) return;
    const type = parent.getFields()[name]?.type;
    const named = type && getNamedType(type);
    if (!isCompositeType(named)) return;
    if (tellingTypes.has(named.name)) told.add(listed ? 'OTHERS' : 'SUBJECT');
    const many = named.name.endsWith('Connection') || isListType(getNullableType(type));
    // a list of one person's own needs leads to nobody else
    const ownRows = tellingTypes.has(named.name.replace(/Connection$/, ''));
    walk(below, named, listed || (many && !ownRows));
  }

  function conditioned(name: string | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    return name === undefined ? parent : (schema.getType(name) as GraphQLCompositeType);
  }
}
