import { GraphQLScalarType } from 'graphql';
import { Temporal } from 'temporal-polyfill';

function textScalar(
  name: string,
  description: string,
  parse: (text: string) => string,
): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({
    name,
    description,
    serialize: String,
    parseValue: (value) => {
      if (typeof value !== 'string') throw new TypeError(`${name} must be a string.`);
      return parse(value);
    },
  });
}

const centuries = /^(19|20|21)/;

export const Day = textScalar(
  'Date',
  'A calendar day, `yyyy-mm-dd` (ISO 8601), from 1900 to 2199.',
  (text) => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new TypeError('Date must be yyyy-mm-dd.');
    if (!centuries.test(text)) throw new TypeError('Date must be from 1900 to 2199.');
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  },
);

export const Instant = textScalar(
  'DateTime',
  'An instant, ISO 8601 with its offset; answered in UTC.',
  (text) => new Date(Temporal.Instant.from(text).epochMilliseconds).toISOString(),
);
