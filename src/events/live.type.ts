import { ArgsType, Field, Int } from 'type-graphql';

@ArgsType()
export class LiveArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Cursor of the last message you dealt with: everything for you since then is told first, then what happens, each once ' +
      'and in order. RESYNC_REQUIRED when the journal no longer reaches back that far. From now on if not said.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'After so many seconds without a message, from 1 to 3600, one that carries only a cursor tells how far you have heard ' +
      'everything; none if not said.',
  })
  checkpointEvery?: number | null;
}
