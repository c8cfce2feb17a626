import { Kind, OperationTypeNode, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { eventTypes } from '../events/event-types.ts';
import { invalid } from '../kernel/refusal.ts';

/** What an endpoint may ask to be told: which events, and what its own document says of their subject. */

/** In one order, each once; null stands for all of them. */
export function checkTypes(asked: readonly string[] | null | undefined): string[] | null {
  if (asked === null || asked === undefined) return null;
  if (asked.length === 0) throw invalid('types', 'REQUIRED');
  const unknown = asked.find((type) => !Object.hasOwn(eventTypes, type));
  if (unknown !== undefined) throw invalid('types', 'CODE', { value: unknown.slice(0, 50) });
  return [...new Set(asked)].sort();
}

/** What a document may ask for: one query about the subject, whose id is all that it is given. */
export function checkDocument(document: DocumentNode): void {
  const operations = document.definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  const [only] = operations;
  if (operations.length !== 1 || only!.operation !== OperationTypeNode.QUERY)
    throw invalid('document', 'ONE_QUERY');
  const asked = (only!.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const id = named.kind === Kind.NAMED_TYPE && named.name.value === 'ID';
    return variable.name.value === 'subject' && id && !defaultValue;
  });
  if (asked.length > 1 || asked.includes(false)) throw invalid('document', 'SUBJECT_ALONE');
}
