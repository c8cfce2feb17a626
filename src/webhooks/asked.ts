import { Kind, OperationTypeNode, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { typesMeant } from '../events/type-filter.ts';
import { invalid } from '../kernel/refusal.ts';

/** What an endpoint may ask to be told: which events, and what its own document says of their subject. */

/** As they were named, in one order, each once; null stands for all of them. */
export function checkTypes(asked: readonly string[] | null | undefined): string[] | null {
  return typesMeant(asked) && [...new Set(asked)].sort();
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
