import type { NonEmptyArray } from 'type-graphql';
import { OrganisationResolver } from '../partners/organisation.resolver.ts';
import { CommuneResolver } from '../territory/commune.resolver.ts';
import { NodeResolver } from './node.resolver.ts';

/** Every door of every slice, top floor last. */
export const resolvers: NonEmptyArray<NewableFunction> = [
  NodeResolver,
  CommuneResolver,
  OrganisationResolver,
];
