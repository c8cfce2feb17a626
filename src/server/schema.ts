import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema, parse, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { subjectOf } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hasScope } from '../kernel/viewer.ts';
import { organisationBySiret } from '../partners/organisation.store.ts';
import { nodeById } from './nodes.ts';
import { resolvers } from './resolvers.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

export interface Schema {
  /** The partners' view, sorted: what is committed, served and reviewed. */
  sdl: string;
  executable: GraphQLSchema;
}

let built: Schema | undefined;

/** Code first, then served as a Federation 2 subgraph: a partner's own graph can extend it behind a gateway. */
export function buildSchema(): Schema {
  return (built ??= build()); // the same for every door of a process
}

function build(): Schema {
  const base = buildSchemaSync({
    resolvers: resolvers as NonEmptyArray<NewableFunction>,
    validate: false,
    skipCheck: true,
    pubSub: neverUsed,
  });
  const sdl = printSchemaWithDirectives(lexicographicSortSchema(base));
  const entities = Object.fromEntries(keyed(base).map((name) => [name, { __resolveReference: reference }]));
  const executable = buildSubgraphSchema([
    {
      // the place of each word, which nobody asks for, would be kept as long as the schema
      typeDefs: parse(`${federation}\n${sdl}`, { noLocation: true }),
      resolvers: withReferences(createResolversMap(base), entities) as never,
    },
  ]);
  refuseOthers(executable, Object.keys(entities));
  return { sdl: `${federation}\n\n${sdl}\n`, executable };
}

/** type-graphql asks for one as soon as a subscription exists; ours subscribe to the journal's feed instead. */
const neverUsed = {
  publish: () => undefined,
  subscribe: (): never => {
    throw new Error('subscriptions follow the journal, not a topic');
  },
};

function keyed(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => type.astNode?.directives?.some((directive) => directive.name.value === 'key'))
    .map((type) => type.name);
}

/** Entities asked by a gateway go through the same loaders, batched and under the viewer's rights. */
function reference(key: { __typename: string; id?: string; siret?: string }, ctx: Context) {
  if (key.id) return subjectOf(key.id) === key.__typename ? nodeById(ctx, key.id) : null;
  return key.siret && hasScope(ctx.viewer, 'offers:read')
    ? ctx.loaders.load(organisationBySiret, key.siret)
    : null;
}

/** What names no entity is the client's mistake: left to itself the subgraph would fail on it. */
function refuseOthers(schema: GraphQLSchema, entities: readonly string[]): void {
  const field = schema.getQueryType()!.getFields()._entities!;
  const resolve = field.resolve!;
  field.resolve = (root, args: { representations: { __typename?: unknown }[] }, ctx, info) => {
    for (const { __typename } of args.representations)
      if (!entities.includes(__typename as string)) throw new Refusal('BAD_USER_INPUT', { reason: 'ENTITY' });
    return resolve(root, args, ctx, info);
  };
}

type ResolverMap = Record<string, object>;

function withReferences(map: ResolverMap, entities: ResolverMap): ResolverMap {
  const merged: ResolverMap = { ...map };
  for (const [name, entity] of Object.entries(entities)) merged[name] = { ...merged[name], ...entity };
  return merged;
}
