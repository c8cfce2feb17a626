import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { FileRow } from '../rows.ts';
import serviceSchema from './schema/service.json' with { type: 'json' };
import structureSchema from './schema/structure.json' with { type: 'json' };
import type { Service } from './service.rules.ts';
import type { Structure } from './structure.rules.ts';

/** The schemas are data·inclusion's own (docs/credits.md), compiled once. */
const ajv = new Ajv({ strict: true, allErrors: true });
formats.default(ajv, ['date', 'email', 'uri']);

export type Noun = 'STRUCTURE' | 'SERVICE';
const valid = { STRUCTURE: ajv.compile(structureSchema), SERVICE: ajv.compile(serviceSchema) };

interface Place {
  row: number;
  line: number;
}
/** A row fit for the catalogue as far as it alone can tell, or why it is not. */
export type Judged =
  | (Place & { noun: 'STRUCTURE'; value: Structure })
  | (Place & { noun: 'SERVICE'; value: Service })
  | (Place & { noun: null; refused: string; source: string | null; id: string | null });

export function judge(noun: Noun, { row, line, value, fault }: FileRow): Judged {
  const refused = fault ?? faultOf(noun, value);
  if (refused === null) return { row, line, noun, value } as Judged;
  return { row, line, noun: null, refused, source: textIn(value, 'source'), id: textIn(value, 'id') };
}

/** Services name the structure they belong to; structures do not. */
export function nounOf(value: unknown): Noun {
  return isObject(value) && 'structure_id' in value ? 'SERVICE' : 'STRUCTURE';
}

function faultOf(noun: Noun, value: unknown): string | null {
  if (!isObject(value)) return 'not an object';
  if (noun === 'STRUCTURE' && 'structure_id' in value) return 'a service among structures';
  if (!valid[noun](value)) return told(valid[noun].errors ?? []);
  return unreadable(value) ?? blank(value);
}

/** One phrase a field: where a value may be null the schema complains several times over. */
function told(errors: readonly ErrorObject[]): string {
  const byField = new Map<string, string>();
  for (const { instancePath, keyword, message, params } of errors) {
    if (keyword === 'anyOf' || (keyword === 'type' && params.type === 'null')) continue;
    const field = instancePath.slice(1).replaceAll('/', '.');
    if (!byField.has(field)) byField.set(field, `${field} ${message}`.trim());
  }
  return [...byField.values()].join('; ') || 'does not fit the schema';
}

const longestText = 10_000;

/** What JSON can carry and PostgreSQL or the catalogue cannot. */
function unreadable(value: object): string | null {
  for (const [field, each] of Object.entries(value))
    for (const text of Array.isArray(each) ? each : [each]) {
      if (typeof text !== 'string') continue;
      if (text.includes('\0')) return `${field} holds a NUL character`;
      if (!text.isWellFormed() || text.includes('\uFFFD')) return `${field} is not UTF-8`;
      if (text.length > longestText) return `${field} is longer than ${longestText} characters`;
    }
  return null;
}

/** Of spaces alone, or too short once they are gone. */
function blank(value: object): string | null {
  const { nom, source, id } = value as Structure;
  if (nom.trim().length < 3) return 'nom must NOT have fewer than 3 characters';
  return source.trim() && id.trim() ? null : 'source and id must not be blank';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(value: unknown, field: string): string | null {
  const text = isObject(value) ? (value as Record<string, unknown>)[field] : null;
  return typeof text === 'string' ? text.slice(0, 200) : null;
}
