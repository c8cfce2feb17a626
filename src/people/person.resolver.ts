import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { parisDay } from '../kernel/clock.ts';
import { communeByCode, epciByCode } from '../territory/commune.store.ts';
import { Commune, Epci } from '../territory/commune.type.ts';
import { PersonFilter, PersonOrder } from './person-filter.type.ts';
import { registerPerson, updatePerson } from './person.actions.ts';
import { NewPerson, PersonUpdate, PersonUpsert } from './person.inputs.ts';
import { personList } from './person.list.ts';
import type { PersonContactRow, PersonRow } from './person.row.ts';
import { ageBand } from './person.rules.ts';
import { contactOf, handleOf, identityOf, personByHandle, personById } from './person.store.ts';
import { AgeBand, Contact, Identity, Person, PersonConnection, PersonPayload } from './person.type.ts';
import { upsertPerson } from './upsert.actions.ts';

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, {
    nullable: true,
    description: 'One person, by id or by your own number; null when unknown or not for you.',
  })
  person(
    @Arg('id', () => ID, { nullable: true, description: 'TypeID `per_…`.' }) id: string | null,
    @Arg('externalReference', () => String, {
      nullable: true,
      description: 'Your own number for the person.',
    })
    externalReference: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    refuseUnreadable({ externalReference });
    if (id) return ctx.loaders.load(personById, id);
    return externalReference ? personByHandle(ctx.reader, externalReference) : null;
  }

  @Query(() => PersonConnection, { description: 'The people open to you.' })
  people(
    @Arg('filter', () => PersonFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: PersonFilter | null,
    @Arg('orderBy', () => PersonOrder, { defaultValue: 'UPDATED', description: 'In which order.' })
    orderBy: PersonOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    refuseUnreadable(filter, ['filter']);
    return listed(ctx, personList(ctx.viewer, filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => AgeBand, { nullable: true, description: 'Age band; null while unknown.' })
  ageBand(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return ageBand(person.birthYear, parisDay(ctx.reader.now));
  }

  @FieldResolver(() => Epci, { nullable: true, description: 'Where the person lives, broadly.' })
  epci(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return person.epciCode && ctx.loaders.load(epciByCode, person.epciCode);
  }

  @FieldResolver(() => Commune, {
    nullable: true,
    description: 'Commune, only where it has over 5,000 inhabitants; the exact one is in `contact`.',
  })
  commune(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return person.communeCode && ctx.loaders.load(communeByCode, person.communeCode);
  }

  @FieldResolver(() => Identity, { nullable: true, description: 'Names; null when not open to you.' })
  identity(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(identityOf, person.id);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'Contact; null when not open to you.' })
  contact(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(contactOf, person.id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Your own number for the person, if you gave one.',
  })
  async externalReference(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(handleOf, person.id))?.externalReference ?? null;
  }

  @Mutation(() => PersonPayload, {
    description:
      'Registers a person one follows, or hands over at once to a referent elsewhere (then `person` is null, without ' +
      'an error). By coordinators of the council, its services, a PLIE, an association, a CCAS, an employment service ' +
      'or an insertion enterprise; those who see a territory register people who live there.',
  })
  registerPerson(
    @Arg('input', () => NewPerson, { description: 'The person.' }) input: NewPerson,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'registerPerson',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      act: (tx) => registerPerson(tx, input),
    });
  }

  @Mutation(() => PersonPayload, {
    description:
      'Registers a person, or brings up to date the one you know by this number; the same again changes nothing and tells ' +
      'nobody. NOT_FOUND while the person behind your number is not open to you. By those who may register and follow.',
  })
  upsertPerson(
    @Arg('input', () => PersonUpsert, { description: 'The person, under your own number.' })
    input: PersonUpsert,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'upsertPerson',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      act: (tx) => upsertPerson(tx, input),
    });
  }

  @Mutation(() => PersonPayload, {
    description: 'Changes what is known of a person. By coordinators who follow the person.',
  })
  updatePerson(
    @Arg('input', () => PersonUpdate, { description: 'What changes.' }) input: PersonUpdate,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'updatePerson',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      subject: input.person,
      act: (tx) => updatePerson(tx, input),
    });
  }
}

@Resolver(() => Contact)
export class ContactResolver {
  @FieldResolver(() => Commune, { nullable: true, description: 'The exact commune.' })
  commune(@Root() contact: PersonContactRow, @Ctx() ctx: Context) {
    return contact.communeCode && ctx.loaders.load(communeByCode, contact.communeCode);
  }
}
