import {
  getNullableType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLScalarType,
  type GraphQLEnumType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import { siret } from './world.ts';

/** Inputs made from the schema itself, so that a new field is attacked the day it is written. */
export type Input = Record<string, any>;

/** Where a value of one scalar or enum stands in an input: through nested inputs and lists. */
export interface Leaf {
  path: string[];
  type: GraphQLScalarType | GraphQLEnumType;
  list: boolean;
  required: boolean;
}

let made = 500_000;

/** What is required, over what is given. */
export function minimal(type: GraphQLInputObjectType, given: Input = {}): Input {
  const input: Input = { ...given };
  for (const field of Object.values(type.getFields()))
    if (isRequiredInputField(field) && input[field.name] === undefined)
      input[field.name] = valueOf(field.type, field.name);
  return input;
}

function valueOf(type: GraphQLInputType, name: string): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [valueOf(bare.ofType as GraphQLInputType, name)];
  if (isInputObjectType(bare)) return minimal(bare);
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  switch ((bare as GraphQLScalarType).name) {
    case 'Date':
      return '2026-11-20';
    case 'DateTime':
      return '2026-11-20T08:00:00Z';
    case 'Boolean':
      return true;
    case 'Int':
    case 'Float':
      return 1;
    case 'ID':
      return '44109';
    default:
      return textOf(name);
  }
}

function textOf(name: string): string {
  if (name === 'siret') return siret(made++);
  if (name === 'email') return `new-${made++}@test.example`;
  return 'Texte';
}

/** Every scalar and enum an input can hold, at whatever depth. */
export function leavesOf(type: GraphQLInputObjectType, above: string[] = []): Leaf[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const path = [...above, field.name];
    const bare = namedOf(field);
    if (isInputObjectType(bare.type)) return leavesOf(bare.type, path);
    return [{ path, ...bare, type: bare.type, required: isRequiredInputField(field) }];
  });
}

function namedOf(field: GraphQLInputField) {
  const bare = getNullableType(field.type);
  if (!isListType(bare)) return { type: bare, list: false };
  return { type: getNullableType(bare.ofType as GraphQLInputType) as typeof bare, list: true } as never as {
    type: GraphQLInputObjectType | GraphQLScalarType | GraphQLEnumType;
    list: boolean;
  };
}

/** The input with another value at this path; what lies between is made as small as may be. */
export function withValue(type: GraphQLInputObjectType, input: Input, path: string[], value: unknown): Input {
  const [name, ...rest] = path as [string, ...string[]];
  if (!rest.length) return { ...input, [name]: value };
  const bare = getNullableType(type.getFields()[name]!.type);
  const list = isListType(bare);
  const below = (list ? getNullableType(bare.ofType as GraphQLInputType) : bare) as GraphQLInputObjectType;
  const old = list ? input[name]?.[0] : input[name];
  const inner = withValue(below, old ?? minimal(below), rest, value);
  return { ...input, [name]: list ? [inner] : inner };
}

/** All input objects within one, with the path to each: for pairs of fields that must agree. */
export function objectsOf(
  type: GraphQLInputObjectType,
  path: string[] = [],
): { path: string[]; type: GraphQLInputObjectType }[] {
  const below = Object.values(type.getFields()).flatMap((field) => {
    const { type: inner } = namedOf(field);
    return isInputObjectType(inner) ? objectsOf(inner, [...path, field.name]) : [];
  });
  return [{ path, type }, ...below];
}
