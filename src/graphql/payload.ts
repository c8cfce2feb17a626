import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { registerVocabulary } from './vocabulary.ts';
import { codes } from '../kernel/codes.ts';
import { vocabulary } from '../kernel/vocabulary.ts';

type DomainCode = {
  [K in keyof typeof codes]: (typeof codes)[K]['door'] extends 'DOMAIN' ? K : never;
}[keyof typeof codes];

const domainCodes = Object.entries(codes).filter(([, { door }]) => door === 'DOMAIN');
export const UserErrorCode = registerVocabulary(
  'UserErrorCode',
  'Why the hub refuses, for programs. Codes never change; see docs/errors.md.',
  vocabulary(
    Object.fromEntries(domainCodes.map(([code, { meaning }]) => [code, meaning])) as Record<
      DomainCode,
      string
    >,
  ),
);

@ObjectType({ simpleResolvers: true, description: 'A refusal of the domain: nothing was written.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'For programs.' })
  code: DomainCode;

  @Field(() => String, {
    description: 'For people, in the language of `Accept-Language` (French or English).',
  })
  message: string;

  @Field(() => [String], { nullable: true, description: 'Path of the input field at fault, if one is.' })
  field: string[] | null;
}

@ObjectType({ description: 'What every mutation answers beside its subject.' })
export abstract class Payload {
  @Field(() => [UserError], { description: 'Empty when it was done; otherwise why not.' })
  userErrors: UserError[];
}

@InputType({ description: 'What every mutation may carry.' })
export abstract class Command {
  @Field(() => String, {
    nullable: true,
    description:
      'Of your choice, up to 200 characters: the same key and input never act twice (kept 7 days).',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A move of an existing subject.' })
export abstract class VersionedCommand extends Command {
  @Field(() => Int, {
    nullable: true,
    description: 'The version you read; another one since then refuses with STALE.',
  })
  version?: number | null;
}
