import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './entitlement.rules.ts';

export const MinimumIncome = registerVocabulary(
  'MinimumIncome',
  'Which minimum income (CASF L262-1 and before).',
  rules.MinimumIncome,
);
export const EntitlementRole = registerVocabulary(
  'EntitlementRole',
  'As what of the household somebody has the right.',
  rules.EntitlementRole,
);
export const EntitlementState = registerVocabulary(
  'EntitlementState',
  'Where a right stands.',
  rules.EntitlementState,
);
export const EntitlementReason = registerVocabulary(
  'EntitlementReason',
  'Why a right was refused, suspended or closed, broadly.',
  rules.EntitlementReason,
);

@ObjectType({
  simpleResolvers: true,
  description: 'What was so of a right during some days, and since when the hub knows it.',
})
export class EntitlementPeriod {
  @Field(() => ID, { description: 'Its name; it never changes.' })
  id: string;

  @Field(() => EntitlementState, { description: 'Where the right stood.' })
  state: rules.EntitlementState;

  @Field(() => EntitlementReason, { nullable: true, description: 'Why, where the fund said so.' })
  reason: rules.EntitlementReason | null;

  @Field(() => Instant, { description: 'When the hub learnt it.' })
  knownFrom: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'When the hub learnt otherwise; null while it stands.',
  })
  knownUntil: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A right to a minimum income (droit au RSA…) with one fund, as the fund tells it month by month. Open to whom ' +
    'ENTITLEMENTS is open; never to who employs.',
})
export class Entitlement extends Node {
  @Field(() => MinimumIncome, { description: 'Which benefit.' })
  benefit: rules.MinimumIncome;

  @Field(() => EntitlementRole, { description: 'As what of the household.' })
  role: rules.EntitlementRole;

  @Field(() => String, { description: 'Which fund: `CAF` or `MSA` and its number.' })
  organism: string;

  @Field(() => Day, { nullable: true, description: 'The day it was applied for.' })
  appliedOn: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the application, as the fund writes it.' })
  applicationNumber: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Subject to the rights and duties of the benefit (soumis aux droits et devoirs, CASF L262-28); null where unknown.',
  })
  rightsAndDuties: boolean | null;

  @Field(() => Int, { description: 'Grows with each change.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const EntitlementConnection = connectionOf(() => Entitlement, 'Entitlement', 'entitlements');
