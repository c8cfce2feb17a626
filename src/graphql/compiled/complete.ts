import {
  defaultTypeResolver,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import { isPromise, OffTheLine, type Answer, type Run } from './run.ts';

/** From what a resolver gave to what the answer holds. */
export type Complete = (value: unknown, run: Run) => unknown;
/** Puts the fields asked of an object into the answer. */
export type Fill = (source: unknown, into: Answer, run: Run) => void;

/** What stands below a field, by the type its value turns out to have. */
export interface Below {
  fillOf: (type: GraphQLObjectType) => Fill;
  /** What the type of a value is asked with. */
  info: (run: Run) => GraphQLResolveInfo;
}

/** How values of a type are completed; a value that graphql-js would refuse takes the operation off the line. */
export function completing(type: GraphQLOutputType, below: Below): Complete {
  if (isNonNullType(type)) return never(null, completing(type.ofType, below));
  return orNull(ofValue(getNullableType(type), below));
}

function never(what: null, complete: Complete): Complete {
  return (value, run) => {
    const completed = complete(value, run);
    if (completed === what) throw new OffTheLine();
    return completed;
  };
}

function orNull(complete: Complete): Complete {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw new OffTheLine();
    return complete(value, run);
  };
}

function ofValue(type: GraphQLOutputType, below: Below): Complete {
  if (isLeafType(type)) return leaf(type);
  if (isListType(type)) return list(completing(type.ofType, below));
  if (isObjectType(type)) return object(type, below);
  if (isAbstractType(type)) return abstract(type, below);
  throw new OffTheLine();
}

function leaf(type: GraphQLLeafType): Complete {
  const text = isSpecifiedScalarType(type) && (type.name === 'String' || type.name === 'ID');
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, name]));
    return (value) => names.get(value) ?? serialized(type, value);
  }
  return (value) => (text && typeof value === 'string' ? value : serialized(type, value));
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const told: unknown = type.serialize(value);
  if (told === null || told === undefined) throw new OffTheLine();
  return told;
}

function list(complete: Complete): Complete {
  return (value, run) => {
    if (!Array.isArray(value)) throw new OffTheLine();
    const completed = new Array<unknown>(value.length);
    for (let at = 0; at < value.length; at++) {
      const each: unknown = value[at];
      if (isPromise(each)) run.later(each, (came) => (completed[at] = complete(came, run)));
      else completed[at] = complete(each, run);
    }
    return completed;
  };
}

function object(type: GraphQLObjectType, { fillOf }: Below): Complete {
  if (type.isTypeOf) throw new OffTheLine();
  const fill = fillOf(type);
  return (value, run) => {
    const into: Answer = {};
    fill(value, into, run);
    return into;
  };
}

function abstract(type: GraphQLAbstractType, { fillOf, info }: Below): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  return (value, run) => {
    const into: Answer = {};
    const fillAs = (name: string | undefined) => {
      const found = info(run).schema.getType(name ?? '');
      if (!isObjectType(found) || found.isTypeOf || !info(run).schema.isSubType(type, found))
        throw new OffTheLine();
      fillOf(found)(value, into, run);
    };
    const name = resolveType(value, run.context, info(run), type);
    if (isPromise(name)) run.later(name as PromiseLike<string | undefined>, fillAs);
    else fillAs(name);
    return into;
  };
}
