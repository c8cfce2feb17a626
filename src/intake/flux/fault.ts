/** A file that is not what the schema says is refused whole: by which rule, on which line, in which element; never what stood there. */
export class FluxFault extends Error {
  override readonly name = 'FluxFault';

  constructor(
    readonly rule: FluxRule,
    readonly line: number,
    readonly element: string | null = null,
  ) {
    super(`line ${line}: ${rule}, ${rules[rule]}${element ? ` (${element})` : ''}`);
  }
}

/** Rules by which a file is refused whole. */
export const rules = {
  ENCODING: 'its bytes are not in the encoding it declares, or in one that is not read',
  XML: 'it is no well-formed XML',
  DOCTYPE: 'it declares entities or a document type',
  TRUNCATED: 'it ends before its end',
  ELEMENT: 'an element the schema does not know there',
  ORDER: 'an element out of its order',
  TIMES: 'an element more often, or less often, than the schema allows',
  LENGTH: 'a text longer than the schema allows, or an empty one',
  DATE: 'no day of the calendar',
  NUMBER: 'no number of that length',
  BOOLEAN: 'neither true nor false',
  CODE: 'a code the schema’s list does not have',
  TOTAL: 'as many households as it says it has are not in it',
  ORGANISM: 'households of several funds',
  OLDER: 'it is of an earlier day than the last one read; --backfill reads it all the same',
} as const;
export type FluxRule = keyof typeof rules;
