import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Purpose } from '../audit/access-log.type.ts';
import type * as purposes from '../audit/purpose.rules.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './endpoint.rules.ts';

const EndpointState = registerVocabulary(
  'WebhookEndpointState',
  'Whether an endpoint is told what happens.',
  rules.EndpointState,
);
const EndpointReason = registerVocabulary(
  'WebhookEndpointReason',
  'Why an endpoint is told nothing for the time being.',
  rules.EndpointReason,
);

const aboutTypes =
  'Event types as docs/events.md lists them, such as `referral.accepted`, or `referral.*`; null: every type. Whatever the types, only ' +
  'events whose subject the tool may see at the time are sent.';
const aboutDocument =
  'A query about the subject, of up to 10,000 characters, with `$subject: ID!` as its only variable, as ' +
  '`query ($subject: ID!) { node(id: $subject) { ... on Referral { state } } }`: asked at each attempt with the rights ' +
  'the tool then has, its answer is sent as `data.result`. Null: ids alone are sent, and read when they arrive.';
const aboutPurpose =
  'Why it reads what the document opens, as `X-Purpose` says it of a request (docs/privacy.md); null: not stated.';
const aboutUrl =
  'An https address of the internet, up to 500 characters, without a password in it. Private, loopback and link-local ' +
  'addresses are refused, also behind a name, unless the operator of the hub allows them.';

@ObjectType({
  simpleResolvers: true,
  description:
    'Where a tool is told of what happens, without asking (webhook), by the Standard Webhooks specification: at least ' +
    'once, in order for each subject, signed. Seen by the managers of its organisation.',
})
export class WebhookEndpoint {
  @Field(() => ID, { description: 'TypeID `hook_…`.' })
  id: string;

  @Field(() => String, { description: aboutUrl })
  url: string;

  @Field(() => [String], { nullable: true, description: aboutTypes })
  types: string[] | null;

  @Field(() => String, { nullable: true, description: aboutDocument })
  document: string | null;

  @Field(() => Purpose, { nullable: true, description: aboutPurpose })
  purpose: purposes.Purpose | null;

  @Field(() => EndpointState, { description: 'Whether it is told what happens.' })
  state: rules.EndpointState;

  @Field(() => EndpointReason, { nullable: true, description: 'Why it is disabled; null if it is not.' })
  reason: rules.EndpointReason | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Since when nothing could be delivered; null: the last attempt succeeded, or there was none.',
  })
  failingSince: string | null;

  @Field(() => Instant, { nullable: true, description: 'When something was last delivered; null: never.' })
  lastDeliveredAt: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when messages also bear the signature of the secret before this one.',
  })
  previousSecretUntil: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt: string;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const WebhookEndpointConnection = connectionOf(() => WebhookEndpoint, 'WebhookEndpoint', 'endpoints');

@InputType('NewWebhookEndpoint', { description: 'Where to tell a tool of what happens.' })
export class NewEndpoint extends Command {
  @Field(() => ID, {
    description: 'The tool, of your organisation, with the scope `events:read`; at most ten endpoints each.',
  })
  client: string;

  @Field(() => String, { description: aboutUrl })
  url: string;

  @Field(() => [String], { nullable: true, description: aboutTypes })
  types?: string[] | null;

  @Field(() => String, { nullable: true, description: aboutDocument })
  document?: string | null;

  @Field(() => Purpose, { nullable: true, description: aboutPurpose })
  purpose?: purposes.Purpose | null;
}

@InputType('WebhookEndpointMove', { description: 'An endpoint that something is to be done with.' })
export class EndpointMove extends VersionedCommand {
  @Field(() => ID, { description: 'The endpoint, of your organisation.' })
  webhookEndpoint: string;
}

@InputType('WebhookEndpointUpdate', { description: 'What changes of an endpoint; what is not given stays.' })
export class EndpointUpdate extends EndpointMove {
  @Field(() => String, { nullable: true, description: aboutUrl })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: aboutTypes })
  types?: string[] | null;

  @Field(() => String, { nullable: true, description: aboutDocument })
  document?: string | null;

  @Field(() => Purpose, { nullable: true, description: aboutPurpose })
  purpose?: purposes.Purpose | null;
}

@InputType('WebhookSecretRotation', { description: 'A secret to replace by a new one.' })
export class SecretRotation extends EndpointMove {
  @Field(() => Int, {
    nullable: true,
    description:
      'For how many hours messages bear both signatures, from 0 (a secret that leaked) to 168; 24 if not said.',
  })
  overlapHours?: number | null;
}

@InputType('WebhookRedelivery', { description: 'A stretch of the past to send again.' })
export class Redelivery extends EndpointMove {
  @Field(() => Instant, { description: 'From when, at most thirty days ago.' })
  from: string;

  @Field(() => Instant, { description: 'Until when, not included. At most 10,000 events lie in between.' })
  until: string;
}

@ObjectType({ description: 'The endpoint, or why not.' })
export class WebhookEndpointPayload extends Payload {
  @Field(() => WebhookEndpoint, {
    nullable: true,
    description: 'As it now is; null when there is none for you.',
  })
  webhookEndpoint: WebhookEndpoint | null;
}

@ObjectType({ description: 'The endpoint and its new secret, or why not.' })
export class WebhookSecretPayload extends WebhookEndpointPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'What its messages are signed with (`whsec_…`), shown this once: lost, it is rotated. Null when refused, and when ' +
      'an idempotency key is repeated.',
  })
  secret: string | null;
}
