import { reviewToldDays, termOf, type Activity, type EngagementKind } from '../pathway/engagement.rules.ts';
import type { EngagementReviewRow, EngagementRow } from '../pathway/engagement.row.ts';
import type { PathwayRow } from '../pathway/pathway.row.ts';
import type { NeedTheme } from '../people/need.rules.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { fresh, type Ground } from './ground.ts';
import type { Partners } from './organisations.ts';
import type { Random } from './random.ts';
import { iso, Timeline } from './timeline.ts';

interface Known {
  pathways: readonly PathwayRow[];
  placements: readonly PlacementRow[];
  partners: Partners;
}

const goals: Record<PathwayRow['orientation'], NeedTheme[]> = {
  SOCIAL: ['LOGEMENT', 'DIFFICULTE_FINANCIERE', 'DIFFICULTE_ADMINISTRATIVE', 'MOBILITE'],
  SOCIO_PROFESSIONAL: ['MOBILITE', 'CHOISIR_UN_METIER', 'NUMERIQUE', 'MAITRISE_LANGUE', 'SE_FORMER'],
  PROFESSIONAL: ['TROUVER_UN_EMPLOI', 'PREPARER_SA_CANDIDATURE', 'SE_FORMER', 'MOBILITE'],
};
const weeks: Record<PathwayRow['orientation'], Activity['kind'][]> = {
  SOCIAL: ['ACCESS_TO_RIGHTS', 'REMOBILISATION', 'VOLUNTEERING'],
  SOCIO_PROFESSIONAL: ['PROJECT', 'MOBILITY', 'TRAINING'],
  PROFESSIONAL: ['JOB_SEARCH', 'IMMERSION', 'TRAINING'],
};
/** Since when the engagement contract is signed by all. */
const since = '2025-01-01';

/** Engagement contracts of the demo: most signed within the month, some late, some still to sign; reviews as they came. */
export class Engagements {
  readonly engagement: EngagementRow[] = [];
  readonly engagement_review: EngagementReviewRow[] = [];
  private readonly time: Timeline;
  private readonly chance: Random;
  private readonly working: ReadonlyMap<string, PlacementRow>;

  constructor({ time, random }: Ground, private readonly known: Known) {
    this.time = new Timeline(iso(time.now), random.stream('engagement ids'));
    this.chance = random.stream('engagements');
    this.working = new Map(known.placements.filter(({ state }) => state === 'STARTED').map((row) => [row.personId, row]));
    for (const pathway of known.pathways) this.engage(pathway);
  } // prettier-ignore

  /** Seven of ten within the month, two late, one not yet. */
  private engage(pathway: PathwayRow): void {
    const drawn = this.chance.next();
    const began = this.time.offset(Date.parse(pathway.beganOn));
    const signed = began + (drawn < 0.7 ? this.chance.int(4, 28) : this.chance.int(33, 80));
    const end = pathway.endedOn === null ? 0 : this.time.offset(Date.parse(pathway.endedOn));
    if (drawn > 0.9 || signed >= end) return this.prepare(pathway, Math.min(began + 3, -1));
    const row = this.row(pathway, signed);
    this.add(
      { ...row, ...this.signatures(signed, began), state: 'SIGNED', signedAt: iso(this.time.at(signed)) },
      pathway,
    );
    this.review(pathway, signed, end);
  }

  /** Of those that run and are not signed, a third are being prepared. */
  private prepare(pathway: PathwayRow, day: number): void {
    if (pathway.endedOn !== null || !this.chance.chance(0.33)) return;
    // every other one has the person's signature, and awaits the referent's
    const half = this.engagement.length % 2 ? { personSignedOn: this.time.day(day) } : {};
    this.add({ ...this.row(pathway, day), ...half }, pathway);
  }

  private row(pathway: PathwayRow, day: number): EngagementRow {
    const { id: pathwayId, personId, orientation, referentOrganisationId: draftedBy } = pathway;
    const kind = this.kindOn(this.time.day(day), draftedBy);
    return {
      ...{ id: this.time.id('Engagement', this.time.at(day)), personId, pathwayId, kind, draftedBy },
      ...{ personSignedOn: null, referentSignedOn: null, signedOn: null, signedAt: null, reviewToldOn: null },
      ...{ state: 'DRAFT', toDay: termOf(kind, null), reviewOn: null, endedOn: null, endReason: null },
      goals: this.chance.some(goals[orientation], this.chance.int(1, 3)),
      activities: this.week(pathway),
      ...fresh(iso(this.time.at(day))),
    };
  } // prettier-ignore

  /** The person first, at the interview; the referent organisation the same day, or some days later. */
  private signatures(signed: number, began: number) {
    const person = Math.max(began, signed - (this.engagement.length % 3));
    return { personSignedOn: this.time.day(person), referentSignedOn: this.time.day(signed), signedOn: this.time.day(signed) };
  } // prettier-ignore

  private kindOn(day: string, by: string): EngagementKind {
    if (day >= since) return 'ENGAGEMENT';
    const { kind, key } = this.known.partners.all.find(({ id }) => id === by)!;
    if (kind !== 'EMPLOYMENT_SERVICE') return 'CER';
    return key.startsWith('ml-') ? 'PACEA' : 'PPAE';
  }

  private week({ personId, orientation, endedOn }: PathwayRow): Activity[] {
    const work = endedOn === null && this.working.get(personId);
    const beside = this.chance.some(weeks[orientation], work ? 1 : 2).map((kind): Activity => ({
      kind,
      weeklyHours: this.chance.int(3, 9),
      referral: null,
      placement: null,
    }));
    const job = work && { kind: 'WORK' as const, weeklyHours: 26, referral: null, placement: work.id };
    return job ? [job, ...beside] : beside;
  }

  /** Every five months or so; some planned days have passed and nobody has written yet what came of them. */
  private review(pathway: PathwayRow, signed: number, end: number): void {
    const row = this.engagement.at(-1)!;
    let next = signed + this.chance.int(120, 180);
    while (next < end - 10) {
      const at = this.time.at(next);
      this.engagement_review.push({
        ...{ id: this.time.id('EngagementReview', at), engagementId: row.id, personId: row.personId },
        ...{ heldOn: this.time.day(next), decision: this.chance.weighted({ CONTINUE: 6, ADAPT: 3, REORIENT: 1 }) },
        goalsReached: this.chance.chance(0.4) ? row.goals.slice(0, 1) : [],
        ...{ organisationId: pathway.referentOrganisationId, memberId: pathway.referentMemberId, recordedAt: iso(at) },
      }); // prettier-ignore
      row.version += 1;
      next += this.chance.int(120, 180);
    }
    if (pathway.endedOn !== null) return;
    row.reviewOn = this.time.day(next);
    if (next <= reviewToldDays) row.reviewToldOn = row.reviewOn;
  }

  private add(row: EngagementRow, { endedOn }: PathwayRow): void {
    const end = { state: 'ENDED' as const, endedOn, endReason: 'PATHWAY_ENDED' as const };
    this.engagement.push({ ...row, ...(endedOn !== null && end) });
  }
}
