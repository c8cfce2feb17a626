import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './calendar.rules.ts';

const CalendarLanguage = registerVocabulary(
  'CalendarLanguage',
  'The language a calendar is written in.',
  rules.CalendarLanguage,
);

@ObjectType({
  simpleResolvers: true,
  description:
    'An address (iCalendar, RFC 5545) at which a member’s own calendar program reads their meetings: when, where, for ' +
    'which offer and how many people, and never who.',
})
export class CalendarFeed {
  @Field(() => ID, { description: 'TypeID `cal_…`.' })
  id: string;

  @Field(() => CalendarLanguage, { description: 'The language it is written in.' })
  language: rules.CalendarLanguage;

  @Field(() => Instant, {
    nullable: true,
    description: 'Since when its address opens nothing; null while it does.',
  })
  revokedAt: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;
}

@InputType({ description: 'A calendar to open for oneself.' })
export class NewCalendarFeed extends Command {
  @Field(() => CalendarLanguage, { defaultValue: 'FR', description: 'The language it is written in.' })
  language: rules.CalendarLanguage;
}

@InputType({ description: 'A calendar whose address is to open nothing any more.' })
export class CalendarFeedRevocation extends VersionedCommand {
  @Field(() => ID, { description: 'The calendar (`cal_…`): one’s own, or, for a manager, a colleague’s.' })
  feed: string;
}

@ObjectType({ description: 'The calendar, or why not.' })
export class CalendarFeedPayload extends Payload {
  @Field(() => CalendarFeed, {
    nullable: true,
    description: 'As it now is; null when there is none for you.',
  })
  calendarFeed: CalendarFeed | null;
}

@ObjectType({ description: 'The calendar and its address, or why not.' })
export class CalendarAddressPayload extends CalendarFeedPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The path of the address, to put after the hub’s own (`/calendar/….ics`): shown this once and kept nowhere. Null when ' +
      'refused, and when an idempotency key is repeated.',
  })
  path: string | null;
}
