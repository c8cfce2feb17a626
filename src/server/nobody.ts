import { Kind, type DocumentNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Viewer } from '../kernel/viewer.ts';

const ofTheSchema = new Set(['__schema', '__type', '__typename', '_service']);

/** Who comes without a token where the schema is public: sees no row, and pays from its address's purse. */
export function nobodyAt(address: string): Viewer {
  return {
    kind: 'TOOL', organisation: '', organisationKind: '', remit: null, member: null,
    client: `address ${address}`, roles: [], scopes: [], people: 'NONE', territory: [], health: false, cause: null,
  }; // prettier-ignore
}

export function isNobody(viewer: Viewer): boolean {
  return viewer.kind === 'TOOL' && viewer.organisation === '';
}

/** Whether every root field, through fragments too, is about the schema and nothing else. */
export function asksOnlyTheSchema(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return operation.operation === 'query' && onlySchema(document, operation.selectionSet);
}

function onlySchema(document: DocumentNode, { selections }: SelectionSetNode): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return ofTheSchema.has(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return onlySchema(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION && onlySchema(document, fragment.selectionSet);
  });
}
