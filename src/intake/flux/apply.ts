import type { Transaction } from '../../db/transaction.ts';
import type { EntitlementPeriodRow, EntitlementRow } from '../../entitlements/entitlement.row.ts';
import { difference, retold, type Told } from '../../entitlements/told.rules.ts';
import { recordMany, type NewEvent } from '../../events/journal.ts';
import type { Outcome } from '../../imports/verdict.ts';
import { newId } from '../../kernel/ids.ts';
import { audiencesOf } from '../../people/access.ts';
import { inLine } from '../../people/count.store.ts';
import type { Household } from './household.ts';
import { type Council, identify, type Identified } from './identify.ts';
import { endCouncilAccess, keepCouncilAccess } from './leaving.ts';
import type { Line } from './line.ts';
import { entitlementsIn, keysOf, nothing, standingIn, write, type Known, type Writing } from './write.ts';

/** What became of one adult of the file. */
export interface LineDone {
  line: Line;
  outcome: Outcome;
  entitlement: string;
  notes: string[];
}

export interface FluxFile {
  batch: string;
  referenceOn: string;
  council: Council;
}

/** One chunk of a file, whole: people first, then their rights, what is told of them, and who is told. */
export async function applyChunk(
  tx: Transaction,
  lines: readonly Line[],
  file: FluxFile,
): Promise<LineDone[]> {
  const keys = await keysOf(tx, lines.map(({ key }) => key)); // prettier-ignore
  const unknown = lines.filter(({ key }) => !keys.has(key));
  const identified = await identify(tx, unknown, file.council);
  const ids = [...keys.values()].map(({ entitlementId }) => entitlementId);
  const chunk = new Chunk(tx, file, await entitlementsIn(tx, ids), await standingIn(tx, ids));
  const done = lines.map((line) => {
    const known = keys.get(line.key);
    return known ? chunk.known(line, known) : chunk.unknown(line, identified.get(line.row)!);
  });
  await write(tx, chunk.writing, file);
  await moved(tx, chunk, file);
  await tell(tx, chunk);
  return done;
}

/** What a chunk comes to: worked out without a look at the database. */
class Chunk {
  readonly writing: Writing = nothing();
  readonly events: { type: NewEvent['type']; entitlement: string; person: string; version: number }[] = [];
  readonly left: string[] = [];
  readonly here: string[] = [];

  constructor(
    private readonly tx: Transaction,
    private readonly file: FluxFile,
    private readonly rows: ReadonlyMap<string, EntitlementRow>,
    private readonly standing: ReadonlyMap<string, EntitlementPeriodRow[]>,
  ) {}

  unknown(line: Line, { person, registered, note }: Identified): LineDone {
    const { household, adult, key } = line;
    const { organism, applicationNumber } = household;
    const id = newId('Entitlement');
    const { role, rightsAndDuties } = adult;
    const stamp = { createdAt: this.tx.now, updatedAt: this.tx.now };
    this.writing.made.push({
      ...{ id, personId: person, benefit: 'RSA', role, organism, rightsAndDuties, applicationNumber },
      ...{ appliedOn: household.told.appliedOn, ...stamp },
    });
    const { referenceOn: seenOn } = this.file;
    this.writing.keys.push({ key, organism, entitlementId: id, personId: person, seenOn });
    this.repaint(line, { id, person, version: 1, standing: [], outdated: false });
    this.note(line, { id, person }, { made: true, registered, before: null });
    this.events.push({ type: 'entitlement.recorded', entitlement: id, person, version: 1 });
    return {
      line,
      outcome: 'CREATED',
      entitlement: id,
      notes: [...(note ? [note] : []), ...leavingOf(line)],
    };
  }

  known(line: Line, { entitlementId: id, personId: person, key, seenOn }: Known): LineDone {
    const row = this.rows.get(id)!;
    const { household, adult } = line;
    if (seenOn < this.file.referenceOn) this.writing.seen.push(key);
    const now = {
      ...{ role: adult.role, rightsAndDuties: adult.rightsAndDuties },
      ...{ appliedOn: household.told.appliedOn, applicationNumber: household.applicationNumber },
    };
    const outdated = seenOn > this.file.referenceOn;
    // of an earlier day than the last one: what is of a day is filled in, what is of today stays
    const fields = (Object.keys(now) as (keyof typeof now)[]).filter(
      (field) => !outdated && now[field] !== row[field],
    );
    const version = row.version + 1;
    const standing = this.standing.get(id) ?? [];
    const repainted = this.repaint(line, { id, person, version, standing, outdated });
    if (!fields.length && !repainted) return { line, outcome: 'UNCHANGED', entitlement: id, notes: [] };
    const kept = { role: row.role, rightsAndDuties: row.rightsAndDuties, appliedOn: row.appliedOn, applicationNumber: row.applicationNumber }; // prettier-ignore
    const after = fields.length ? now : kept;
    this.writing.changed.push({ id, ...after, version });
    this.note(line, { id, person }, { made: false, registered: false, before: kept });
    this.events.push({ type: 'entitlement.changed', entitlement: id, person, version });
    return { line, outcome: 'CHANGED', entitlement: id, notes: repainted ? leavingOf(line) : [] };
  }

  private note(
    { household }: Line,
    { id: entitlementId, person: personId }: { id: string; person: string },
    { made, registered, before }: { made: boolean; registered: boolean; before: object | null },
  ): void {
    const leftOn = household.leaving?.on ?? null;
    const { batch: batchId } = this.file;
    this.writing.notes.push({ batchId, entitlementId, personId, made, registered, leftOn, before, at: this.tx.now }); // prettier-ignore
  }

  /** What is believed from now on of the right; whether that differs from what was. */
  private repaint(
    { household }: Line,
    right: { id: string; person: string; version: number; standing: readonly EntitlementPeriodRow[]; outdated: boolean },
  ): boolean {
    const { id, person, standing, outdated } = right;
    const known = standing.map(({ state, fromDay, untilDay, reason }) => ({ state, fromDay, untilDay, reason }));
    const { ended, begun } = difference(known, retold(known, { ...toldOf(household), outdated }));
    const gone = ended.map((each) => standing[known.indexOf(each)]!.id);
    this.writing.ended.push(...gone);
    for (const each of begun)
      this.writing.begun.push({
        ...{ id: newId('EntitlementPeriod'), entitlementId: id, personId: person, ...each },
        ...{ importBatchId: this.file.batch, knownFrom: this.tx.now, knownUntil: null, endedByBatchId: null },
      });
    const differs = ended.length + begun.length > 0;
    if (differs && household.leaving && !outdated) {
      this.events.push({ type: 'entitlement.transferred', entitlement: id, person, version: right.version });
      if (leavesTerritory(household)) this.left.push(person);
    }
    if (differs && !household.leaving && !outdated) this.here.push(person);
    return differs;
  } // prettier-ignore
}

/** A household that another fund takes over has no right with this one any more, whatever the file says of its state. */
function toldOf({ told, leaving, ...household }: Household): Told {
  if (!leaving) return told;
  const reason = leavesTerritory({ ...household, told, leaving }) ? 'LEFT_TERRITORY' : 'FUND_CHANGED';
  return { ...told, state: 'CLOSED', reason, since: leaving.on };
}

/** Funds are numbered by département: `CAF 441` and `MSA 440` pay in the same one. */
function leavesTerritory({ organism, leaving }: Household): boolean {
  const departement = (fund: string) => fund.split(' ')[1]!.slice(0, 2);
  return leaving !== null && departement(organism) !== departement(leaving.to);
}

function leavingOf({ household }: Line): string[] {
  if (!household.leaving) return [];
  return [leavesTerritory(household) ? 'LEFT_TERRITORY' : 'FUND_CHANGED'];
}

async function moved(tx: Transaction, { left, here }: Chunk, { council }: FluxFile): Promise<void> {
  if (left.length) {
    await inLine(tx, ...left);
    await endCouncilAccess(tx, left, council.id);
  }
  if (here.length) await keepCouncilAccess(tx, here, council.id);
}

/** Told to who may read the right, by ids alone. */
async function tell(tx: Transaction, { events }: Chunk): Promise<void> {
  const people = [...new Set(events.map(({ person }) => person))];
  const audiences = await audiencesOf(tx, people, 'ENTITLEMENTS');
  await recordMany(
    tx,
    events.map(({ type, entitlement: id, person, version }) => ({
      ...{ type, person, subject: { type: 'Entitlement', id, version } },
      audience: audiences.get(person) ?? [],
    })),
  );
}
