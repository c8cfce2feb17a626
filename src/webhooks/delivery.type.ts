import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './delivery.rules.ts';

const DeliveryState = registerVocabulary(
  'WebhookDeliveryState',
  'What became of an event sent to an endpoint.',
  rules.DeliveryState,
);
const DeliveryFault = registerVocabulary(
  'WebhookFault',
  'Why an attempt got no answer.',
  rules.DeliveryFault,
);

@ObjectType({ simpleResolvers: true, description: 'One attempt at sending an event: how it went, never what was sent.' })
export class WebhookAttempt {
  @Field(() => Instant, { description: 'When.' })
  at: string;

  @Field(() => Int, { nullable: true, description: 'The HTTP status answered; null if none was.' })
  status: number | null;

  @Field(() => DeliveryFault, { nullable: true, description: 'Why there is no status; null if there is one.' })
  fault: rules.DeliveryFault | null;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs: number;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the body, in hexadecimal: what arrived can be compared. The body is not kept.',
  })
  bodyHash: string | null;
} // prettier-ignore

@ObjectType({
  simpleResolvers: true,
  description: 'An event that was sent to an endpoint, or tried to be. Kept thirty days, in ids and codes.',
})
export class WebhookDelivery {
  @Field(() => ID, { description: 'TypeID `whd_…`.' })
  id: string;

  @Field(() => ID, { description: 'TypeID `evt_…`: what `webhook-id` says, the same at each attempt and on each door.' })
  eventId: string;

  @Field(() => String, { description: 'Type of the event, or `webhook.test`.' })
  type: string;

  @Field(() => ID, { description: 'TypeID of its subject.' })
  subjectId: string;

  @Field(() => DeliveryState, { description: 'What became of it.' })
  state: rules.DeliveryState;

  @Field(() => Instant, { description: 'When the event happened.' })
  occurredAt: string;

  @Field(() => Instant, { nullable: true, description: 'When it is tried again; null: it is not, or not yet its turn.' })
  dueAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'Since when nothing more is sent of it; null while it waits.' })
  closedAt: string | null;
} // prettier-ignore

export const WebhookDeliveryConnection = connectionOf(() => WebhookDelivery, 'WebhookDelivery', 'deliveries');
