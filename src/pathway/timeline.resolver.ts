import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { diagnosisById } from '../eligibility/diagnosis.store.ts';
import { passById } from '../eligibility/pass.store.ts';
import { entitlementById } from '../entitlements/entitlement.store.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import { Node } from '../graphql/node.ts';
import { subjectOf, type Subject } from '../kernel/ids.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { needById } from '../people/need.store.ts';
import { Person } from '../people/person.type.ts';
import { situationById } from '../people/situation.store.ts';
import { placementById } from '../placements/placement.store.ts';
import { referralById } from '../referrals/referral.store.ts';
import { engagementById } from './engagement.store.ts';
import { pathwayById } from './pathway.store.ts';
import type { TimelineKind as Kind, TimelineRow } from './timeline.rules.ts';
import { timelineOf, windowOf } from './timeline.store.ts';
import { TimelineEntryConnection, TimelineEntry, TimelineKind } from './timeline.type.ts';

/** How what a line is about is read: as by anybody who asks for its id. */
const subjects = {
  Need: needById,
  Situation: situationById,
  Entitlement: entitlementById,
  IaePass: passById,
  IaeDiagnosis: diagnosisById,
  Pathway: pathwayById,
  Engagement: engagementById,
  Referral: referralById,
  Placement: placementById,
} as unknown as Partial<Record<Subject, ById<{ id: string }>>>;

@Resolver(() => TimelineEntry)
export class TimelineEntryResolver {
  @FieldResolver(() => Node, {
    nullable: true,
    description:
      'The need, situation, entitlement, pass, diagnosis, pathway, engagement, referral or placement it is about; null of a referent.',
  })
  subject(@Root() { subjectId }: TimelineRow, @Ctx() ctx: Context) {
    const read = subjectId && subjects[subjectOf(subjectId)!];
    return read ? ctx.loaders.load(read, subjectId) : null;
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who follows from then on, of a REFERENT or PATHWAY.',
  })
  organisation(@Root() { organisationId }: TimelineRow, @Ctx() ctx: Context) {
    return organisationId && ctx.loaders.load(organisationById, organisationId);
  }
}

@Resolver(() => Person)
export class PersonTimelineResolver {
  @FieldResolver(() => TimelineEntryConnection, {
    description:
      'What happened with the person, the latest day first: needs, pathway, engagement, referrals, meetings, placements and ' +
      'what became of them, each line for whoever sees the thing itself (frise du parcours).',
  })
  timeline(
    @Root() person: Person,
    @Arg('kinds', () => [TimelineKind], { nullable: true, description: 'Only lines of these kinds.' })
    kinds: Kind[] | null,
    @Args(() => PageArgs) { first, after, last, before }: PageArgs,
    @Ctx() ctx: Context,
  ) {
    const asked = { person: person.id, request: { first, after, last, before }, kinds: kinds ?? [] };
    windowOf(asked);
    return ctx.loaders.load(timelineOf, asked);
  }
}
