import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { buildSchema } from '../../src/server/schema.ts';

/**
 * Reads are declared, once: whoever asks an object of another is answered by a list, an edge or a loader that a store
 * made from its table, scope included. A resolver that fetches by hand forgets the scope, or asks once for each row.
 * What a mutation answers is read again by `command()`, which takes a declared reader.
 */
const declarations = [
  ...['children(ctx,', 'listed(ctx,', 'ctx.loaders.load(', 'nodeById(ctx,'],
  ...['namedTo(ctx,', 'namedAsAuthor(ctx,'],
];

interface Resolver {
  target: { prototype: Record<string, unknown> };
  methodName: string;
  schemaName: string;
  params: { kind: string }[];
  getObjectType?: () => unknown;
}

const schema = buildSchema().executable;
const { fieldResolvers, queries, objectTypes } = getMetadataStorage() as unknown as {
  fieldResolvers: Resolver[];
  queries: Resolver[];
  objectTypes: { target: unknown; name: string }[];
};

const typeOf = ({ getObjectType }: Resolver) =>
  objectTypes.find(({ target }) => target === getObjectType?.())?.name;
const resolvers = new Map([
  ...queries.map((each): [string, Resolver] => [`Query.${each.schemaName}`, each]),
  ...fieldResolvers.map((each): [string, Resolver] => [`${typeOf(each)}.${each.schemaName}`, each]),
]);

/** Every field that answers an object of the graph; what has no resolver is a property of its parent's own value. */
const fields = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).filter((field) => isCompositeType(getNamedType(field.type))).map((field) => `${type.name}.${field.name}`))
  .filter((name) => resolvers.has(name)); // prettier-ignore

/** Whether all it does with its context is to ask declarations, or who the viewer is. */
function isDeclared({ target, methodName, params }: Resolver): boolean {
  if (!params.some(({ kind }) => kind === 'context')) return true; // it can fetch nothing
  const text = String(target.prototype[methodName]).replace(/\s+/g, ' ');
  const body = text.slice(text.search(/\) ?(=> ?)?\{/));
  const asked = declarations.some((each) => body.includes(each));
  const rest = [...declarations, '{ viewer } = ctx'].reduce((left, each) => left.replaceAll(each, ''), body);
  return asked && !/\bctx\b(?!\.viewer\b)|\bsql`/.test(rest);
}

/** The rows of “What is not declared, and why”. */
function reasons(): Map<string, string> {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const table = /## What is not declared, and why\n([\s\S]*?)(\n## |$)/.exec(page)![1]!;
  const rows = [...table.matchAll(/^\| `([\w.]+)` +\| (.+?) *\|$/gm)];
  return new Map(rows.map(([, field, reason]) => [field!, reason!]));
}

test('what answers an object is declared, or the architecture says why not', () => {
  expect(fields.length).toBeGreaterThan(80);
  const byHand = fields.filter((field) => !isDeclared(resolvers.get(field)!));
  const told = reasons();
  const untold = byHand.filter((field) => !told.has(field));
  const stale = [...told.keys()].filter((field) => !byHand.includes(field));
  const say = (field: string) =>
    `${field} fetches by hand: make it from a declaration (edge, byId, grouped …) or say why in docs/architecture.md`;
  expect([...untold.map(say), ...stale.map((field) => `${field} is declared: take its row out of docs/architecture.md`)]).toEqual([]);
}); // prettier-ignore

describe('a resolver is not declared that', () => {
  const resolver = (method: (...args: never[]) => unknown): Resolver => ({
    target: { prototype: { method } },
    methodName: 'method',
    schemaName: 'method',
    params: [{ kind: 'context' }],
  });
  const [table, fetched, children] = [null, null, null] as any[];

  test.each<[string, (...args: never[]) => unknown]>([
    ['reads rows itself', (ctx: any) => {
      return ctx.reader.rows(table);
    }],
    ['hands its context to who does', (ctx: any) => {
      return fetched(ctx, 'x');
    }],
    ['reads beside what it declared', async (ctx: any) => {
      await ctx.loaders.load(table, 'x');
      return children(ctx, await fetched(ctx.reader), 'x');
    }],
    ['calls its context otherwise', (other: any) => {
      return other.reader.rows(table);
    }],
  ])('%s', (_, method) => expect(isDeclared(resolver(method))).toBe(false)); // prettier-ignore

  test('while one made from declarations is', () => {
    const method = async (ctx: any) => {
      return (await ctx.loaders.load(table, 'x')) && children(ctx, table, ctx.viewer.organisation);
    };
    expect(isDeclared(resolver(method))).toBe(true);
  });
});
