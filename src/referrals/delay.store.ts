import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import type { OfferKind } from '../offers/offer.rules.ts';
import { defaultDelays, type Delays } from './delay.rules.ts';
import { SettingRow } from './setting.row.ts';

const settings = table('setting', SettingRow, everyone);
export const settingById = byId(settings, 'Setting');

export interface DelaysAsked {
  kind: OfferKind | null;
  on: string;
}
/** What holds, and since when; without a row, the defaults. */
export type DelaysHeld = Pick<SettingRow, 'kind' | 'value'> & { id: string | null; fromDay: string | null };

/** What holds for a kind of offer on a day: its own, else what holds for all, else the defaults. */
export const delaysOn: Batch<DelaysAsked, DelaysHeld> = {
  same: ({ kind, on }) => `${kind} ${on}`,
  async load(reader: Reader, keys) {
    const rows = await reader.rows<SettingRow & { at: number }>(sql`
      select distinct on (asked.at) asked.at::integer as at, ${settings.columns}
      from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ on }) => on)}::date[])
          with ordinality asked (kind, day, at)
        join setting on setting.name = 'DELAYS' and setting.from_day <= asked.day
          and (setting.kind is null or setting.kind = asked.kind)
      order by asked.at, setting.kind nulls last, setting.from_day desc, setting.id desc`);
    const found = new Map(rows.map((row) => [row.at, row]));
    return keys.map(
      (_, at) => found.get(at + 1) ?? { id: null, kind: null, value: defaultDelays, fromDay: null },
    );
  },
};

export async function delaysFor(tx: Transaction, kind: OfferKind | null, on: string): Promise<Delays> {
  const [held] = await delaysOn.load(tx, [{ kind, on }]);
  return held!.value;
}

export async function saveSetting(tx: Transaction, row: SettingRow): Promise<void> {
  await tx.change(insertInto(settings, row), 1);
}
