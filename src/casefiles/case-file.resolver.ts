import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { personById } from '../people/person.store.ts';
import { exportPerson, openCaseFile, type CaseFileContent } from './case-file.actions.ts';
import { CaseFile, CaseFilePayload, CaseFileSheet, PersonExport } from './case-file.type.ts';

/** A person as the root of their file, and the day they asked for it. */
interface Asked {
  id: string;
  requestedOn: string;
}

const opened = new WeakMap<Asked, Promise<CaseFileContent>>();

/** Read once for one answer, and only if one of its forms is asked for. */
function content(asked: Asked, ctx: Context): Promise<CaseFileContent> {
  const reading = opened.get(asked) ?? openCaseFile(ctx, asked.id, asked.requestedOn);
  opened.set(asked, reading);
  return reading;
}

@Resolver(() => CaseFile)
export class CaseFileResolver {
  @FieldResolver(() => String, { description: 'One JSON document: a list for each kind of what is held.' })
  async json(@Root() asked: Asked, @Ctx() ctx: Context) {
    return (await content(asked, ctx)).json;
  }

  @FieldResolver(() => [CaseFileSheet], {
    description: 'The same, one sheet for each kind that holds something.',
  })
  async csv(@Root() asked: Asked, @Ctx() ctx: Context) {
    return (await content(asked, ctx)).csv;
  }

  @FieldResolver(() => String, {
    description:
      'One page of plain French in Markdown, for the person: what is held, who sees it, what they may ask.',
  })
  async page(@Root() asked: Asked, @Ctx() ctx: Context) {
    return (await content(asked, ctx)).page;
  }

  @Mutation(() => CaseFilePayload, {
    description:
      'Everything held of a person, at their own request, to be handed to them. By coordinators of the referent’s ' +
      'organisation, unless the law closes part of it to them, and of the council, which alone has all records of a ' +
      'person with several; never a tool. Told in the journal, and read in the access log.',
  })
  async exportPerson(
    @Arg('input', () => PersonExport, { description: 'Whose, and when they asked.' }) input: PersonExport,
    @Ctx() ctx: Context,
  ) {
    const { caseFile, userErrors } = await command({
      ctx,
      operation: 'exportPerson',
      scope: 'people:write',
      input,
      noun: 'caseFile',
      read: personById,
      act: (tx) => exportPerson(tx, input),
    });
    return { caseFile: caseFile && { id: caseFile.id, requestedOn: input.requestedOn }, userErrors };
  }
}
