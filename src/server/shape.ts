import {
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/** What two subscriptions must have in common to be one to the hub, whatever place each goes on from. */
export interface Shape {
  text: string;
  /** The variable that only says where to go on from. */
  place: string | null;
  /** Whether it asks what may differ between two members who see the same. */
  personal: boolean;
}

/** Types whose fields look at which member asks, not only at what their scope may see. */
const ofOneself: ReadonlySet<string> = new Set(['Member', 'Viewer']);

export function shapeOf(schema: GraphQLSchema, document: DocumentNode): Shape {
  const { place, text } = withoutPlace(document);
  return { text, place, personal: isPersonal(schema, document) };
}

/** Without the argument `after` of its one field; a document that says more with it is left as it is. */
function withoutPlace(document: DocumentNode): Pick<Shape, 'text' | 'place'> {
  const whole = { text: print(document), place: null };
  const [operation, another] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || another) return whole;
  const [field] = operation.selectionSet.selections;
  const after =
    field?.kind === Kind.FIELD ? field.arguments?.find(({ name }) => name.value === 'after') : null;
  if (!after) return whole;
  const variable = after.value.kind === Kind.VARIABLE ? after.value.name.value : null;
  if (variable !== null && usesOf(document, variable) !== 1) return whole;
  const stripped = visit(document, {
    Argument: (argument) => (argument === after ? null : undefined),
    VariableDefinition: (defined) => (defined.variable.name.value === variable ? null : undefined),
  });
  return { text: print(stripped), place: variable };
}

function usesOf(document: DocumentNode, variable: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void (uses += name.value === variable ? 1 : 0),
  });
  return uses;
}

function isPersonal(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let personal = false;
  const look = { Field: () => void (personal ||= ofOneself.has(types.getParentType()?.name ?? '')) };
  visit(document, visitWithTypeInfo(types, look));
  return personal;
}
