import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { MemberLanguage } from '../partners/member.type.ts';
import type { MemberLanguage as Language } from '../partners/member.rules.ts';
import * as rules from './kind.rules.ts';

const NoticeKind = registerVocabulary('NoticeKind', 'What a member is told of.', rules.NoticeKind);
const NoticeDelivery = registerVocabulary(
  'NoticeDelivery',
  'How a member is told of one kind of thing.',
  rules.NoticeDelivery,
);
const NoticeState = registerVocabulary('NoticeState', 'What became of a notice.', rules.NoticeState);
const NoticeReason = registerVocabulary('NoticeReason', 'Why a notice was not sent.', rules.NoticeReason);

@ObjectType({
  simpleResolvers: true,
  description: 'Something you were told, or are to be told, by mail. Kept ninety days. It names nobody.',
})
export class Notice {
  @Field(() => ID, { description: 'TypeID `mail_…`.' })
  id: string;

  @Field(() => NoticeKind, { description: 'What of.' })
  kind: rules.NoticeKind;

  @Field(() => NoticeDelivery, { description: 'How you wanted it when it happened.' })
  delivery: rules.NoticeDelivery;

  @Field(() => NoticeState, { description: 'What became of it.' })
  state: rules.NoticeState;

  @Field(() => NoticeReason, {
    nullable: true,
    description: 'Why it was not sent; null if it was, or waits.',
  })
  reason: rules.NoticeReason | null;

  @Field(() => Instant, { description: 'When the hub took note of it.' })
  createdAt: string;

  @Field(() => Instant, { nullable: true, description: 'When it was sent or given up; null while it waits.' })
  closedAt: string | null;
}

export const NoticeConnection = connectionOf(() => Notice, 'Notice', 'notices');

@ObjectType({ simpleResolvers: true, description: 'How you are told of one kind of thing.' })
export class NoticePreference {
  @Field(() => NoticeKind, { description: 'What of.' })
  kind: rules.NoticeKind;

  @Field(() => NoticeDelivery, { description: 'How: your choice, else what your roles suggest.' })
  delivery: rules.NoticeDelivery;

  @Field(() => Boolean, { description: 'Whether you chose it.' })
  chosen: boolean;
}

@InputType({ description: 'How you want to be told of one kind of thing.' })
export class NoticeChoice {
  @Field(() => NoticeKind, { description: 'What of.' })
  kind: rules.NoticeKind;

  @Field(() => NoticeDelivery, { nullable: true, description: 'How; null: as your roles suggest.' })
  delivery?: rules.NoticeDelivery | null;
}

@InputType({ description: 'How you want to be told; what is not given stays.' })
export class NoticePreferences extends VersionedCommand {
  @Field(() => ID, { description: 'Yourself: `viewer { member { id } }`.' })
  member: string;

  @Field(() => [NoticeChoice], { nullable: true, description: 'Each kind once.' })
  choices?: NoticeChoice[] | null;

  @Field(() => MemberLanguage, { nullable: true, description: 'Language of mail to you.' })
  language?: Language | null;
}
