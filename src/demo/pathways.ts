import type { OutcomeRow } from '../placements/outcome.row.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import type { PathwayRow, PathwayStepRow } from '../pathway/pathway.row.ts';
import { engagementDueOn, type Orientation, type PathwayEndReason } from '../pathway/pathway.rules.ts';
import { fresh, type Ground } from './ground.ts';
import type { Partner, Partners } from './organisations.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import { iso, Timeline } from './timeline.ts';

interface Known {
  people: readonly DemoPerson[];
  partners: Partners;
  placements: readonly PlacementRow[];
  outcomes: readonly OutcomeRow[];
  /** Whether something is under way with a person: their pathway then runs. */
  busy: (person: string) => boolean;
}

interface End {
  endedOn: string;
  endReason: PathwayEndReason;
}

const towards: Record<string, Partial<Record<Orientation, number>>> = {
  EMPLOYMENT_SERVICE: { PROFESSIONAL: 8, SOCIO_PROFESSIONAL: 2 },
  PLIE: { PROFESSIONAL: 4, SOCIO_PROFESSIONAL: 6 },
};
const usually: Partial<Record<Orientation, number>> = { SOCIAL: 4, SOCIO_PROFESSIONAL: 5, PROFESSIONAL: 1 };
const otherEnds: Partial<Record<PathwayEndReason, number>> = {
  RIGHT_CLOSED: 8, ABANDONED: 4, LEFT_TERRITORY: 3, REORIENTED: 3, OTHER: 2, DECEASED: 1,
}; // prettier-ignore

/** Pathways of the demo: two people of three have one; some ended with a job or a training, some went on soon after. */
export class Pathways {
  readonly pathway: PathwayRow[] = [];
  readonly pathway_step: PathwayStepRow[] = [];
  private readonly time: Timeline;
  private readonly chance: Random;
  private readonly successes: ReadonlyMap<string, End>;

  constructor({ time, random }: Ground, private readonly known: Known) {
    this.time = new Timeline(iso(time.now), random.stream('pathway ids'));
    this.chance = random.stream('pathways');
    this.successes = successesOf(known, time.day(0));
    for (const person of known.people)
      if (!person.key && person.referents[0] && this.chance.chance(0.66)) this.follow(person);
  } // prettier-ignore

  private follow(person: DemoPerson): void {
    const first = person.referents[0]!;
    const began = Math.min(-2, this.time.offset(person.created) + this.chance.int(0, 12));
    const { referent } = person;
    const orientation = this.chance.weighted(towards[referent.kind] ?? usually);
    const row: PathwayRow = {
      ...{ id: this.time.id('Pathway', this.time.at(began)), personId: person.row.id, orientation },
      ...{
        beganOn: this.time.day(began),
        endedOn: null,
        endReason: null,
        decidedBy: this.deciding(referent),
      },
      ...{ referentOrganisationId: first.organisationId, referentMemberId: first.memberId },
      ...{ engagementDueOn: engagementDueOn(this.time.day(began)), continuesId: null },
      ...fresh(iso(this.time.at(began))),
    };
    this.pathway.push(row);
    this.step(row, 'ORIENTED', row.beganOn);
    const now = person.referents.at(-1)!;
    if (now !== first) {
      Object.assign(row, { referentOrganisationId: now.organisationId, referentMemberId: now.memberId });
      row.beganOn = row.beganOn > now.since ? now.since : row.beganOn;
      this.step(row, 'HANDED_OVER', now.since);
    } else this.reoriented(row);
    const end = this.endOf(row);
    if (end) this.end(row, end);
  }

  /** The young and who is near to work are oriented by the employment service, the others by the council. */
  private deciding(referent: Partner): string {
    const byService = referent.kind === 'EMPLOYMENT_SERVICE' && this.chance.chance(0.5);
    return byService ? referent.id : this.known.partners.of('council').id;
  }

  private reoriented(row: PathwayRow): void {
    const on = this.time.offset(Date.parse(row.beganOn)) + this.chance.int(100, 400);
    if (on > -20 || row.orientation === 'PROFESSIONAL' || !this.chance.chance(0.3)) return;
    const orientation = row.orientation === 'SOCIAL' ? 'SOCIO_PROFESSIONAL' : 'PROFESSIONAL';
    Object.assign(row, { orientation, version: 2, updatedAt: iso(this.time.at(on)) });
    this.step(row, 'REORIENTED', this.time.day(on), 'NEARER_TO_WORK');
  }

  private endOf(row: PathwayRow): End | null {
    const success = this.successes.get(row.personId);
    const steps = this.pathway_step.at(-1)!.onDay;
    if (success && success.endedOn > steps && this.chance.chance(0.8)) return success;
    const began = this.time.offset(Date.parse(steps));
    if (success || this.known.busy(row.personId) || began > -200 || !this.chance.chance(0.25)) return null;
    const endedOn = this.time.day(this.chance.int(began + 150, -8));
    return { endedOn, endReason: this.chance.weighted(otherEnds) };
  }

  private end(row: PathwayRow, end: End): void {
    Object.assign(row, { ...end, version: row.version + 1, updatedAt: `${end.endedOn}T15:00:00.000Z` });
    this.step(row, 'ENDED', end.endedOn, end.endReason);
    const on = this.time.offset(Date.parse(end.endedOn)) + this.chance.int(4, 44);
    if (on < -1 && end.endReason !== 'DECEASED' && this.chance.chance(0.12)) this.reopen(row, on);
  }

  /** It goes on within 45 days: one path for the figures. */
  private reopen(ended: PathwayRow, on: number): void {
    const beganOn = this.time.day(on);
    const row: PathwayRow = {
      ...ended,
      ...{ id: this.time.id('Pathway', this.time.at(on)), continuesId: ended.id, beganOn },
      ...{ endedOn: null, endReason: null, engagementDueOn: engagementDueOn(beganOn) },
      ...fresh(iso(this.time.at(on))),
    };
    this.pathway.push(row);
    this.step(row, 'REOPENED', beganOn);
  }

  private step(
    of: PathwayRow,
    kind: PathwayStepRow['kind'],
    onDay: string,
    reason: PathwayStepRow['reason'] = null,
  ) {
    const { id: pathwayId, personId, orientation, referentOrganisationId, decidedBy } = of;
    const at = this.time.at(this.time.offset(Date.parse(onDay)), 14);
    const decided = kind === 'ORIENTED' || kind === 'REORIENTED';
    const organisationId = kind === 'HANDED_OVER' ? null : decided ? decidedBy : referentOrganisationId;
    this.pathway_step.push({
      ...{ id: this.time.id('PathwayStep', at), pathwayId, personId, kind, onDay, orientation, reason },
      ...{ referentOrganisationId, organisationId, at: iso(at) },
    });
  }
}

/** The last outcome of each person that ends a pathway well: a job that lasts, a training that qualifies. */
function successesOf({ placements, outcomes }: Known, today: string): ReadonlyMap<string, End> {
  const of = new Map(outcomes.map((row) => [row.placementId, row]));
  const ends = new Map<string, End>();
  for (const { id, personId, endedOn } of placements) {
    const outcome = of.get(id);
    const on = outcome?.fromDay ?? endedOn;
    if (!outcome || !on || on > today) continue;
    const lasting = outcome.kind === 'JOB' && ['PERMANENT', 'FIXED_TERM'].includes(outcome.contractKind!);
    const qualifying = outcome.kind === 'TRAINING' && ['RNCP', 'CQP'].includes(outcome.certification!);
    if (lasting) ends.set(personId, { endedOn: on, endReason: 'DURABLE_JOB' });
    else if (qualifying) ends.set(personId, { endedOn: on, endReason: 'TRAINING' });
    else ends.delete(personId);
  }
  return ends;
}
