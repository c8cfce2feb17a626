import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { prefixes, type Subject } from '../../src/kernel/ids.ts';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** What ids and codes there are to ask by, of any subject. */
export interface Ground {
  schema: GraphQLSchema;
  ids: readonly string[];
}

type Dice = (sides: number) => number;

/** The same number gives the same operations, on any machine (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** A valid query at random: aliases, fragments, variables, switches, nodes of any type, pages both ways, and now and then a bad value. */
export function operation(ground: Ground, roll: Dice): Operation {
  return new Writing(ground, roll).whole();
}

const telling = ['identity', 'contact', 'needs', 'profile', 'referent', 'numbers'];
const much = [
  'people',
  'person',
  'referrals',
  'referral',
  'placements',
  'vacancies',
  'organisations',
  'offers',
  'nodes',
];

class Writing {
  private readonly declared: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly fragments: string[] = [];
  private aliases = 0;
  private switches = 0;

  constructor(
    private readonly ground: Ground,
    private readonly roll: Dice,
  ) {}

  whole(): Operation {
    const root = this.ground.schema.getQueryType()!;
    const fields = this.some(1 + this.roll(2), () => this.field(this.root(root), 5));
    const declared = this.declared.length ? `(${this.declared.join(', ')})` : '';
    return {
      query: [`query Asked${declared} { ${fields.join(' ')} }`, ...this.fragments].join('\n'),
      variables: this.variables,
    };
  }

  /** Those by which most is reached come up more often. */
  private root(type: GraphQLObjectType): GraphQLField<unknown, unknown> {
    const fields = type.getFields();
    return this.chance(60) ? fields[this.pick(much)]! : this.pick(this.asked(type));
  }

  /** Not the access log, which each question makes longer. */
  private asked(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
    return Object.values(type.getFields()).filter(
      ({ name }) => !name.startsWith('_') && name !== 'accessLog',
    );
  }

  /** Each under an alias of its own where it takes arguments: two that differ would not be one field. */
  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = this.arguments(field);
    const alias = (given || this.chance(15)) && this.aliases < 28 ? `a${this.aliases++}: ` : '';
    if (given && !alias) return '__typename';
    const below = this.selection(getNamedType(field.type), depth - 1);
    return below === null ? '__typename' : `${alias}${field.name}${given}${this.switched()} ${below}`;
  }

  /** Null where nothing may be asked any deeper. */
  private selection(type: unknown, depth: number): string | null {
    if (isLeafType(type)) return '';
    if (depth < 0) return null;
    if (isAbstractType(type)) {
      const kinds = this.some(2, () => this.pick(this.ground.schema.getPossibleTypes(type)));
      const parts = [...new Set(kinds)].map(
        (kind) => `... on ${kind.name} ${this.selection(kind, depth - 1) ?? '{ __typename }'}`,
      );
      return `{ __typename ${isObjectType(type) ? '' : 'id'} ${parts.join(' ')} }`;
    }
    const object = type as GraphQLObjectType;
    const fields = this.some(1 + this.roll(5), () => this.field(this.pick(this.worth(object)), depth));
    const text = [...new Set(fields)].join(' ');
    if (this.chance(12)) return `{ __typename ${this.spread(object, text)} }`;
    return this.chance(10)
      ? `{ ... on ${object.name}${this.switched()} { ${text} } __typename }`
      : `{ ${text} }`;
  }

  /** A page is looked into rather than counted, and of people what the access log holds is asked. */
  private worth(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
    const all = this.asked(type);
    if (type.name === 'Person' && this.chance(80)) return all.filter(({ name }) => telling.includes(name));
    const nodes = all.filter(({ name }) => name === 'nodes' || name === 'edges' || name === 'node');
    return nodes.length && this.chance(70) ? nodes : all;
  }

  /** Spread twice, and at times switched off in one of the places. */
  private spread(type: GraphQLObjectType, text: string): string {
    const name = `F${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `...${name}${this.switched()} ...${name}${this.switched()}`;
  }

  private switched(): string {
    if (!this.chance(12) || this.switches >= 25) return '';
    this.switches++;
    const value = this.chance(50);
    const told = this.chance(50) ? String(value) : this.variable('Boolean!', value);
    return ` @${this.pick(['skip', 'include'])}(if: ${told})`;
  }

  private arguments({ args, type }: GraphQLField<unknown, unknown>): string {
    const page = isObjectType(getNamedType(type)) && getNamedType(type).name.endsWith('Connection');
    const given = args.filter(
      (each) => isNonNullType(each.type) || this.chance(['first', 'last', 'id'].includes(each.name) ? 60 : 8),
    );
    const both = page ? given.filter(({ name }) => name !== 'last' || this.chance(30)) : given;
    const about = getNamedType(type).name;
    const parts = both.map((each) => `${each.name}: ${this.argument(each, about)}`);
    return parts.length ? `(${parts.join(', ')})` : '';
  }

  private argument({ name, type }: GraphQLArgument, about: string): string {
    if (name === 'first' || name === 'last') return this.chance(3) ? '101' : String(1 + this.roll(3));
    const value = this.value(type, name === 'id' ? about : name);
    if (!this.chance(40)) return literal(value, type);
    return this.variable(String(type), value);
  }

  private variable(type: string, value: unknown): string {
    const name = `v${this.declared.length}`;
    const left = !type.endsWith('!') && this.chance(10);
    this.declared.push(`$${name}: ${type}`);
    if (!left) this.variables[name] = value;
    return `$${name}`;
  }

  private value(type: GraphQLInputType, name: string): unknown {
    return !isNonNullType(type) && this.chance(8) ? null : this.given(type, name);
  }

  private given(type: GraphQLInputType, name: string): unknown {
    const bare = getNullableType(type);
    if (isListType(bare))
      return this.some(1 + this.roll(3), () => this.given(bare.ofType as GraphQLInputType, name));
    if (isEnumType(bare)) return this.pick(bare.getValues()).name;
    if (isInputObjectType(bare)) {
      const fields = Object.values(bare.getFields()).filter(
        (each) => isRequiredInputField(each) || this.chance(15),
      );
      return Object.fromEntries(fields.map((each) => [each.name, this.value(each.type, each.name)]));
    }
    switch ((bare as { name: string }).name) {
      case 'Date':
        return this.pick(['2026-11-20', '2026-09-01', '2025-01-31']);
      case 'DateTime':
        return '2026-11-20T08:00:00Z';
      case 'Boolean':
        return this.chance(50);
      case 'Int':
        return this.roll(4);
      case 'Float':
        return 1 + this.roll(80);
      case 'ID':
        return this.chance(5) ? 'x' : this.id(name);
      default:
        return this.pick(['44109', 'a', 'Nantes', '2026-11', 'é']);
    }
  }

  /** Of the subject the name speaks of, where it does. */
  private id(name: string): string {
    const prefix = prefixes[`${name[0]!.toUpperCase()}${name.slice(1)}` as Subject];
    const own = this.ground.ids.filter((id) => id.startsWith(`${prefix}_`));
    return this.pick(own.length ? own : this.ground.ids);
  }

  private some<T>(times: number, make: () => T): T[] {
    return Array.from({ length: times }, make);
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.roll(from.length)]!;
  }

  private chance(percent: number): boolean {
    return this.roll(100) < percent;
  }
}

/** A value as it stands in a document: enums bare, texts in quotes. */
function literal(value: unknown, type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(bare))
    return `[${(value as unknown[]).map((each) => literal(each, bare.ofType as GraphQLInputType)).join(', ')}]`;
  if (isInputObjectType(bare)) {
    const fields = bare.getFields();
    const parts = Object.entries(value as object).map(
      ([name, each]) => `${name}: ${literal(each, fields[name]!.type)}`,
    );
    return `{ ${parts.join(', ')} }`;
  }
  return isEnumType(bare) ? String(value) : JSON.stringify(value);
}
