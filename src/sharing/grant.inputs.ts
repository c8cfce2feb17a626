import { Field, ID, InputType } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type { OrganisationKind as Kind } from '../partners/organisation.rules.ts';
import { OrganisationKind } from '../partners/organisation.type.ts';
import type { Category } from '../people/access.rules.ts';
import type { LegalBasis as Basis } from '../people/person.rules.ts';
import { PersonCategory } from '../people/category.type.ts';
import { LegalBasis } from '../people/referent.type.ts';
import type * as rules from './grant.rules.ts';
import { SharingEndReason, SharingPurpose } from './grant.type.ts';

@InputType({ description: 'What is shared of a person, with whom, what for and until when.' })
export class NewSharing extends Command {
  @Field(() => ID, { description: 'The person; yours to follow.' })
  person: string;

  @Field(() => ID, { nullable: true, description: 'The one organisation; this or `organisationKind`.' })
  organisation?: string | null;

  @Field(() => OrganisationKind, {
    nullable: true,
    description:
      'Every organisation of this kind there is today, at most 100; who joins later is not in it. Refused as soon as ' +
      'one category is closed by law to one of them.',
  })
  organisationKind?: Kind | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The member of that organisation in whose portfolio the person comes.',
  })
  member?: string | null;

  @Field(() => [PersonCategory], {
    description: 'What is shared, of what you see and the purpose needs; the core is always in it.',
  })
  categories: Category[];

  @Field(() => SharingPurpose, { description: 'What for.' })
  purpose: rules.SharingPurpose;

  @Field(() => LegalBasis, {
    description:
      'On what ground the other reads. CONSENT only where the person could really say no; a mission or an obligation ' +
      'for public bodies, a PLIE, or whom the council delegates (docs/domain.md §7).',
  })
  legalBasis: Basis;

  @Field(() => Day, { nullable: true, description: 'First day; today if not said, at most 12 months ahead.' })
  from?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day; 12 months after the first at most, and if not said.',
  })
  until?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for it, unique in your organisation; up to 200 characters.',
  })
  externalReference?: string | null;
}

@InputType({
  description: 'What is no longer shared: one grant, or whatever is shared of a person with an organisation.',
})
export class SharingEnding extends VersionedCommand {
  @Field(() => ID, { nullable: true, description: 'The grant; this, or `person` and `organisation`.' })
  grant?: string | null;

  @Field(() => ID, { nullable: true, description: 'The person, with `organisation`.' })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'The organisation, with `person`.' })
  organisation?: string | null;

  @Field(() => SharingEndReason, {
    description:
      'Why. With `person` and `organisation`, PERSON_REQUEST ends every live referral to that organisation too.',
  })
  reason: rules.SharingEndReason;
}
