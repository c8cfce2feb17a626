import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The kinds of subjects about a person, whose every field is asked through every field that leads to one. */
export const aboutPeople = [
  'AccessLogEntry',
  'Person',
  'Rectification',
  'Situation',
  'Entitlement',
  'IaePass',
  'IaeDiagnosis',
  'Pathway',
  'Engagement',
  'Need',
  'Referral',
  'Placement',
  'PersonLink',
  'SharingGrant',
  'BrokenGlass',
] as const;
export type AboutPeople = (typeof aboutPeople)[number];

/** Ids to start from: of each kind of subject, the one this question is about. */
export type Known = Record<string, string>;

/** One way to a subject about a person: its label, what leads there, and which kind is found. */
export interface Path {
  label: string;
  /** Type and field of the last step: `Offer.referrals`, `Query.people`. */
  step: [string, string];
  /** Which known id the step starts from. */
  start: string;
  target: AboutPeople;
  question: string;
}

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());
const named = (field: GraphQLField<unknown, unknown>) => getNamedType(field.type);
const isList = (field: GraphQLField<unknown, unknown>) => named(field).name.endsWith('Connection');
const isNode = (type: unknown) =>
  isInterfaceType(type) || (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'));

/** Lists of what has no id of its own: read with the subject they hang on, as if it held them. */
const ofValues = ['MatchConnection'];
export const valueOf = (name: string) => (ofValues.includes(name) ? name.replace('Connection', '') : name);

function targetOf(field: GraphQLField<unknown, unknown>): AboutPeople | null {
  const name = named(field).name.replace(/Connection$/, '');
  return aboutPeople.find((each) => each === name) ?? null;
}

/** What is read of one subject: its scalars, what it is made of, and of other subjects only that they are there. */
function selectionOf(type: GraphQLObjectType): string {
  const parts = fieldsOf(type).flatMap((field) => {
    const of = named(field);
    if (valueOf(of.name) !== of.name)
      return [`${field.name} { nodes ${selectionOf(nodeOf(of as GraphQLObjectType))} }`];
    if (isList(field) || targetOf(field)) return [];
    if (isLeafType(of)) return [field.name];
    if (isNode(of)) return [`${field.name} { id }`];
    return isObjectType(of) ? [`${field.name} ${selectionOf(of)}`] : [];
  });
  return `{ ${parts.join(' ')} }`;
}

const nodeOf = (list: GraphQLObjectType) => getNamedType(list.getFields().nodes!.type) as GraphQLObjectType;

export function fragmentsOf(schema: GraphQLSchema): string {
  return aboutPeople
    .map((name) => `fragment ${name} on ${name} ${selectionOf(schema.getType(name) as GraphQLObjectType)}`)
    .join('\n');
}

const read = (field: GraphQLField<unknown, unknown>, target: AboutPeople) =>
  isList(field)
    ? `(first: 100) { totalCount nodes { ...${target} } edges { cursor node { id } } }`
    : ` { ...${target} }`;

/** Where a step starts from another subject of its kind than the one the question is about. */
const startOf: Record<string, string> = {
  'Organisation.referralsReceived': 'Receiver',
  'Referral.next': 'Former',
  'Vacancy.replacing': 'Replacement',
  'Referral.previous': 'Later',
};

/** Lead to a person only where two acceptances stand against each other, or a pathway ended and goes on: what they show is still checked at every stage. */
export const sometimes = ['Person.acceptancesToChoose', 'Query.peopleToChooseFor', 'Pathway.continues'];

/** Arguments of the root fields that answer one subject. */
const byId = (name: string) => `(id: $${name})`;

/** Every way the schema has: root fields, node, nodes, _entities, and each field of anything with an id. */
export function pathsOf(schema: GraphQLSchema): Path[] {
  const roots = fieldsOf(schema.getQueryType()!).flatMap((field) => {
    const target = targetOf(field);
    if (!target) return [];
    const question = `${field.name}${isList(field) ? '' : byId(target)}${read(field, target)}`;
    return [
      {
        label: `Query.${field.name}`,
        step: ['Query', field.name],
        start: target,
        target,
        question,
      } satisfies Path,
    ];
  });
  const direct = aboutPeople
    .filter((name) => isNode(schema.getType(name)))
    .flatMap((target): Path[] => [
      {
        ...{ label: `node ${target}`, step: ['Query', 'node'], start: target, target },
        question: `node(id: $${target}) { ...${target} }`,
      },
      {
        ...{ label: `nodes ${target}`, step: ['Query', 'nodes'], start: target, target },
        question: `nodes(ids: [$${target}]) { ...${target} }`,
      },
    ]);
  const entities = aboutPeople
    .filter((target) => schema.getType(target)!.astNode?.directives?.some(({ name }) => name.value === 'key'))
    .map((target): Path => ({
      ...{ label: `_entities ${target}`, step: ['Query', '_entities'], start: target, target },
      question: `_entities(representations: [{ __typename: "${target}", id: $${target} }]) { ...${target} }`,
    }));
  const steps = Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && isNode(type))
    .flatMap((type) =>
      fieldsOf(type).flatMap((field): Path[] => {
        const target = targetOf(field);
        if (!target) return [];
        const start = startOf[`${type.name}.${field.name}`] ?? type.name;
        const question = `node(id: $${start}) { ... on ${type.name} { ${field.name}${read(field, target)} } }`;
        return [
          { label: `${type.name}.${field.name}`, step: [type.name, field.name], start, target, question },
        ];
      }),
    );
  return [...roots, ...direct, ...entities, ...steps];
}

/** All paths in one question, about ids that go with it: the same words for everybody, which the hub reads once. */
export function questionOf(paths: readonly Path[], but: ReadonlySet<number>): string {
  const asked = paths.flatMap(({ question }, at) => (but.has(at) ? [] : [`p${at}: ${question}`])).join('\n');
  const ids = [...new Set(asked.match(/\$\w+/g))].map((name) => `${name}: ID!`);
  return `query (${ids.join(', ')}) {\n${asked}\n}`;
}

/** What is not known is asked by an id that never was. */
export function idsOf(question: string, known: Known): Record<string, string> {
  const names = [...question.matchAll(/\$(\w+): ID!/g)].map(([, name]) => name!);
  return Object.fromEntries(names.map((name) => [name, known[name] || `${name}-unknown`]));
}

/** The fields of a found subject that say something: `Person.reference`, `Identity.lastName`. */
export function toldBy(schema: GraphQLSchema, type: string, value: Record<string, unknown>): string[] {
  const fields = (schema.getType(type) as GraphQLObjectType).getFields();
  return Object.entries(value).flatMap(([name, given]) => {
    if (!fields[name]) return [];
    const named = getNamedType(fields[name].type);
    const list = valueOf(named.name) !== named.name;
    const of = list ? nodeOf(named as GraphQLObjectType) : named;
    const inner = list ? (given as { nodes: unknown } | null)?.nodes : given;
    if (isSilent(inner)) return [];
    const here = `${type}.${name}`;
    if (!isObjectType(of) || isNode(of)) return [here];
    const parts = (Array.isArray(inner) ? inner : [inner]) as Record<string, unknown>[];
    return [here, ...parts.flatMap((part) => toldBy(schema, of.name, part))];
  });
}

export function isSilent(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
