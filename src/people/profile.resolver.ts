import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from './person.store.ts';
import { Person, PersonPayload } from './person.type.ts';
import { updateProfile } from './profile.actions.ts';
import type { ProfileRow } from './profile.row.ts';
import type { ProfileLine } from './profile.rules.ts';
import { profileOf } from './profile.store.ts';
import { Availability, Profile, ProfileStatement, ProfileUpdate, Travel } from './profile.type.ts';

@Resolver(() => Profile)
export class ProfileResolver {
  @FieldResolver(() => [String], { description: 'Trades wished, ROME codes.' })
  wishedTrades(@Root() profile: ProfileRow) {
    return profile.wishedRome;
  }

  @FieldResolver(() => [String], { description: 'Trades the person refuses, ROME codes.' })
  refusedTrades(@Root() profile: ProfileRow) {
    return profile.refusedRome;
  }

  @FieldResolver(() => Travel, { nullable: true, description: 'How and how far; null while unknown.' })
  travel(@Root() profile: ProfileRow): Travel | null {
    const { travelMode: mode, travelMinutes: maxMinutes, travelKm: maxKm } = profile;
    return mode && { mode, maxMinutes, maxKm };
  }

  @FieldResolver(() => Availability, { nullable: true, description: 'When; null while unknown.' })
  availability(@Root() profile: ProfileRow): Availability | null {
    if (!profile.stated.AVAILABILITY) return null;
    const { weeklyHoursLeast, weeklyHoursMost, timeBands, availableFrom: from, away } = profile;
    return { weeklyHoursLeast, weeklyHoursMost, timeBands, from, away };
  }

  @FieldResolver(() => [ProfileStatement], { description: 'Which lines are known, since when and by whom.' })
  stated(@Root() profile: ProfileRow): ProfileStatement[] {
    return Object.entries(profile.stated).map(([line, { on, by }]) => ({
      line: line as ProfileLine,
      statedOn: on,
      statedById: by,
    }));
  }
}

@Resolver(() => ProfileStatement)
export class ProfileStatementResolver {
  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The partner that noted it; null for a social partner whose name would say too much.',
  })
  statedBy(@Root() statement: ProfileStatement, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, statement.statedById);
  }
}

@Resolver(() => Person)
export class PersonProfileResolver {
  @FieldResolver(() => Profile, {
    nullable: true,
    description: 'What the person can and wants to do; null when not open to you.',
  })
  profile(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(profileOf, person.id);
  }

  @Mutation(() => PersonPayload, {
    description: 'Notes what a person now says of their profile. By coordinators who follow the person.',
  })
  updateProfile(
    @Arg('input', () => ProfileUpdate, { description: 'The lines that change.' }) input: ProfileUpdate,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'updateProfile',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      subject: input.person,
      act: (tx) => updateProfile(tx, input),
    });
  }
}
