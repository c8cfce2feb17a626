import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { holds } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { createApiClient, revokeApiClient, rotateApiKey, updateApiClient } from './client.actions.ts';
import type { ApiClientRow } from './client.row.ts';
import { clientById, clientsOf } from './client.store.ts';
import {
  ApiClient,
  ApiClientConnection,
  ApiClientPayload,
  ApiClientRevocation,
  ApiClientUpdate,
  ApiKeyPayload,
  ApiKeyRotation,
  NewApiClient,
} from './client.type.ts';
import { memberById } from './member.store.ts';
import { Member } from './member.type.ts';
import { Organisation } from './organisation.type.ts';

@Resolver(() => Organisation)
export class OrganisationClientsResolver {
  @FieldResolver(() => ApiClientConnection, {
    nullable: true,
    description: 'Its tools by name, revoked ones too; null but for the managers of this organisation.',
  })
  apiClients(@Root() organisation: Organisation, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    const { viewer } = ctx;
    const manages = viewer.kind === 'MEMBER' && holds(viewer, 'manageClients');
    return manages && organisation.id === viewer.organisation
      ? children(ctx, clientsOf, organisation.id, page)
      : null;
  }
}

interface Asked {
  ctx: Context;
  operation: string;
  input: { idempotencyKey?: string | null; client?: string };
}

/** The key goes from the action to the answer by hand, past everything that remembers. */
async function keyed(asked: Asked, act: (tx: Transaction) => Promise<{ id: string; key: string }>) {
  let key: string | null = null;
  const payload = await run(asked, async (tx) => {
    const made = await act(tx);
    key = made.key;
    return { id: made.id };
  });
  return { ...payload, key: payload.userErrors.length ? null : key };
}

function run({ ctx, operation, input }: Asked, act: (tx: Transaction) => Promise<{ id: string }>) {
  return command({
    ctx, operation, scope: 'offers:write', input, noun: 'apiClient', read: clientById, act,
    ...(input.client !== undefined && { subject: input.client }),
  }); // prettier-ignore
}

@Resolver(() => ApiClient)
export class ApiClientResolver {
  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member it acts for; null: it acts for nobody, and sees no person.',
  })
  actingMember(@Root() { actingMemberId }: ApiClientRow, @Ctx() ctx: Context) {
    return actingMemberId && ctx.loaders.load(memberById, actingMemberId);
  }

  @Mutation(() => ApiKeyPayload, {
    description:
      'Gives a tool of one’s own organisation a key, shown once. By its managers, in person: no tool makes tools.',
  })
  createApiClient(
    @Arg('input', () => NewApiClient, { description: 'The tool.' }) input: NewApiClient,
    @Ctx() ctx: Context,
  ) {
    return keyed({ ctx, operation: 'createApiClient', input }, (tx) => createApiClient(tx, input));
  }

  @Mutation(() => ApiKeyPayload, {
    description:
      'Gives a tool a new key, shown once; the one in force still opens for an overlap. By its managers. A revoked tool ' +
      'refuses with WRONG_STATE.',
  })
  rotateApiKey(
    @Arg('input', () => ApiKeyRotation, { description: 'Whose key.' }) input: ApiKeyRotation,
    @Ctx() ctx: Context,
  ) {
    return keyed({ ctx, operation: 'rotateApiKey', input }, (tx) => rotateApiKey(tx, input));
  }

  @Mutation(() => ApiClientPayload, {
    description:
      'Changes a tool of one’s own organisation; what it has open closes, and comes back with its new rights. By its ' +
      'managers. A revoked one refuses with WRONG_STATE.',
  })
  updateApiClient(
    @Arg('input', () => ApiClientUpdate, { description: 'What changes.' }) input: ApiClientUpdate,
    @Ctx() ctx: Context,
  ) {
    return run({ ctx, operation: 'updateApiClient', input }, (tx) => updateApiClient(tx, input));
  }

  @Mutation(() => ApiClientPayload, {
    description:
      'Takes its keys from a tool for good: they are refused, and its sockets closed, at once. By its managers.',
  })
  revokeApiClient(
    @Arg('input', () => ApiClientRevocation, { description: 'Which tool.' }) input: ApiClientRevocation,
    @Ctx() ctx: Context,
  ) {
    return run({ ctx, operation: 'revokeApiClient', input }, (tx) => revokeApiClient(tx, input));
  }
}
