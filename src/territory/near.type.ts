import { Field, Float, ID, InputType } from 'type-graphql';
import type { Reader } from '../db/reader.ts';
import { invalid } from '../kernel/refusal.ts';
import { knownCommune } from './commune.store.ts';
import type { Point } from './point.rules.ts';

const least = 1;
const most = 200;

@InputType({ description: 'A circle around a commune. What has no known point is in no circle.' })
export class Near {
  @Field(() => ID, { description: 'INSEE code of the commune at its centre, five characters.' })
  commune: string;

  @Field(() => Float, { description: `Its radius in kilometres, straight line: from ${least} to ${most}.` })
  km: number;
}

/** The centre of a circle; distances from an approximate one are only about right. */
export interface Centre extends Point {
  approximate: boolean;
}

/** Where a search starts from. Refuses a commune that is unknown or lies nobody knows where, and an odd radius. */
export async function centreOf(reader: Reader, near: Near, field = 'near'): Promise<Centre> {
  // written so that NaN is refused as well
  if (!(near.km >= least && near.km <= most)) throw invalid(`${field}.km`, 'RANGE', { least, most });
  const { latitude, longitude, approximate } = await knownCommune(reader, near.commune, `${field}.commune`);
  if (latitude === null || longitude === null)
    throw invalid(`${field}.commune`, 'NO_POINT', { commune: near.commune });
  return { latitude, longitude, approximate };
}
