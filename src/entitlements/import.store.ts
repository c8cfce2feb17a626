import sql from 'sql-template-tag';
import { byId, type Listing } from '../db/list.ts';
import { everyone, nobody, table } from '../db/table.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { EntitlementChangeRow, EntitlementImportRow, EntitlementKeyRow } from './import.row.ts';

/** A fund reads the reports of its own files, the council of those it read in. */
export const entitlementImports = table('entitlement_import', EntitlementImportRow, (viewer) =>
  viewer.kind === 'HUB'
    ? everyone()
    : sql`(entitlement_import.organisation_id = ${viewer.organisation} or entitlement_import.imported_by = ${viewer.organisation})`,
);

const forTheHub = (viewer: Viewer) => (viewer.kind === 'HUB' ? everyone() : nobody);
export const entitlementKeys = table('entitlement_key', EntitlementKeyRow, forTheHub);
export const entitlementChanges = table('entitlement_change', EntitlementChangeRow, forTheHub);

/** The last one read first: ids sort by the time they were made. */
export function importList(): Listing<EntitlementImportRow> {
  return {
    table: entitlementImports,
    where: [],
    order: byId('entitlement_import', true),
  };
}
