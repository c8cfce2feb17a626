import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Command, Payload } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';

@InputType({ description: 'Whose file the person asks for.' })
export class PersonExport extends Command {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => Day, { description: 'The day they asked; the law gives a month to answer (RGPD art. 12).' })
  requestedOn: string;
}

@ObjectType({ simpleResolvers: true, description: 'One kind of what is held of a person, as a spreadsheet.' })
export class CaseFileSheet {
  @Field(() => String, { description: 'Name of the file, e.g. `referrals.csv`.' })
  name: string;

  @Field(() => String, { description: 'CSV in UTF-8 with a byte-order mark, semicolons, a header line.' })
  content: string;
}

@ObjectType({
  description:
    'Everything held of a person, and who looked at it, for the person themselves (RGPD art. 15 and 20). Read when asked, ' +
    'kept nowhere; people who work for partners are left out. Each reading is in the access log.',
})
export class CaseFile {
  @Field(() => ID, { simple: true, description: 'Id of the person.' })
  id: string;
}

@ObjectType({ description: 'The case file, or why not.' })
export class CaseFilePayload extends Payload {
  @Field(() => CaseFile, { nullable: true, description: 'To be handed to the person; null when refused.' })
  caseFile: CaseFile | null;
}
