import { levelOf, validUntil, type IaeCriterion } from '../eligibility/diagnosis.rules.ts';
import type { CriterionRow, DiagnosisRow } from '../eligibility/diagnosis.row.ts';
import type { IaeFacts } from '../eligibility/eligibility.rules.ts';
import type { PassRow } from '../eligibility/pass.row.ts';
import { checkedEnd, prolonged, suspended } from '../eligibility/pass.rules.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import { isOneOf, liveStates } from '../referrals/referral.rules.ts';
import type { SituationRow } from '../people/situation.row.ts';
import { fresh, type Ground } from './ground.ts';
import type { Partner } from './organisations.ts';
import type { Random } from './random.ts';
import type { Told } from './referral.rows.ts';
import { iso, Timeline } from './timeline.ts';

interface Known {
  told: readonly Told[];
  placements: readonly PlacementRow[];
  situations: readonly Pick<SituationRow, 'personId' | 'public'>[];
  /** Whether an organisation is an authorised prescriber. */
  prescribes: (organisation: string) => boolean;
}

type Criterion = Pick<CriterionRow, 'diagnosisId' | 'personId' | 'criterion'>;

/** Passes and diagnoses of the demo: with each hire a pass, save where it is still asked for; before it a diagnosis. */
export class Eligibility {
  readonly iae_pass: PassRow[] = [];
  readonly iae_diagnosis: DiagnosisRow[] = [];
  readonly iae_criterion: Criterion[] = [];
  private readonly time: Timeline;
  private readonly chance: Random;

  constructor({ time, random }: Ground, { told, placements, situations, prescribes }: Known) {
    this.time = new Timeline(iso(time.now), random.stream('eligibility ids'));
    this.chance = random.stream('eligibility');
    const started = new Map(placements.map((row) => [row.referralId, row]));
    for (const { tale, row } of told) {
      const { referent } = tale.person;
      if (tale.offer.row.siaeKind === null || this.known(row.personId)) continue;
      const placement = started.get(row.id);
      const publics = situations.filter(({ personId }) => personId === row.personId);
      if (placement) this.hired(placement, tale.offer.row.siaeKind, publics);
      else if (isOneOf(liveStates, row.state) && prescribes(referent.id) && this.chance.chance(0.7))
        this.diagnosed(row.personId, referent, time.offset(Date.parse(row.sentAt ?? row.createdAt)) - 2);
    }
  }

  factsOf(person: string): IaeFacts {
    const of = <R extends { personId: string }>(rows: readonly R[]) =>
      rows.filter(({ personId }) => personId === person);
    return { passes: of(this.iae_pass), diagnoses: of(this.iae_diagnosis) };
  }

  private known(person: string): boolean {
    return this.iae_pass.some(({ personId }) => personId === person);
  }

  /** A pass runs since this hire, or since one before the hub opened; a few are still asked for. */
  private hired(
    { personId, receiverId, startedOn }: PlacementRow,
    siaeKind: NonNullable<DiagnosisRow['siaeKind']>,
    publics: readonly { public: IaeCriterion }[],
  ): void {
    const start = this.time.offset(Date.parse(startedOn));
    if (this.chance.chance(0.08))
      this.byEmployer(personId, receiverId, { siaeKind, publics, day: start - 3 });
    if (this.chance.chance(0.1)) return;
    const earlier = this.chance.chance(0.25) ? this.chance.int(120, 690) : 0;
    const from = this.time.day(start - earlier);
    const at = Math.min(-1, start + this.chance.int(0, 9));
    const endsOn = checkedEnd({ from });
    const pass: PassRow = {
      ...{ id: this.time.id('IaePass', this.time.at(at)), personId, number: this.number() },
      ...{
        fromDay: from,
        toDay: endsOn,
        endsOn,
        suspendedFrom: null,
        suspendedUntil: null,
        prolongedTo: null,
      },
      ...{ checkedBy: receiverId, checkedOn: this.time.day(at), withdrawnAt: null, withdrawnBy: null },
      ...{ withdrawReason: null, ...fresh(iso(this.time.at(at))) },
    };
    this.iae_pass.push({ ...pass, ...this.since(pass, start) });
  }

  /** Some were suspended for an illness, some prolonged at fifty and more. */
  private since(pass: PassRow, start: number): Partial<PassRow> {
    if (start < -90 && this.chance.chance(0.06))
      return suspended(pass, { from: this.time.day(start + 30), until: this.time.day(start + 75) });
    if (start < -300 && this.chance.chance(0.08)) {
      const { prolongedTo, endsOn } = prolonged(pass, this.yearLater(pass.endsOn));
      return { prolongedTo, endsOn };
    }
    return {};
  }

  private yearLater(day: string): string {
    return `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`;
  }

  private number(): string {
    return `99999${String(this.chance.int(0, 9_999_999)).padStart(7, '0')}`;
  }

  private diagnosed(personId: string, by: Partner, day: number): void {
    const on = Math.min(-1, this.chance.chance(0.1) ? day - 200 : day);
    this.iae_diagnosis.push(
      this.row(personId, { by: by.id, on, kind: 'AUTHORISED_PRESCRIBER', siaeKind: null }),
    );
  }

  /** Where it is enough: an employer that prescribes for itself says which criteria it saw. */
  private byEmployer(
    personId: string,
    by: string,
    {
      siaeKind,
      publics,
      day,
    }: {
      siaeKind: NonNullable<DiagnosisRow['siaeKind']>;
      publics: readonly { public: IaeCriterion }[];
      day: number;
    },
  ): void {
    const criteria = publics.map((each) => each.public).filter((code) => levelOf(code) === 1);
    if (!criteria.length) return;
    const row = this.row(personId, { by, on: day, kind: 'EMPLOYER', siaeKind });
    this.iae_diagnosis.push(row);
    this.iae_criterion.push({ diagnosisId: row.id, personId, criterion: criteria[0]! });
  }

  private row(
    personId: string,
    { by, on, kind, siaeKind }: { by: string; on: number } & Pick<DiagnosisRow, 'kind' | 'siaeKind'>,
  ): DiagnosisRow {
    const onDay = this.time.day(on);
    return {
      ...{ id: this.time.id('IaeDiagnosis', this.time.at(on)), personId, organisationId: by, kind, siaeKind },
      ...{ onDay, validUntil: validUntil(onDay), withdrawnAt: null, withdrawnBy: null, withdrawReason: null },
      ...fresh(iso(this.time.at(on))),
    };
  }
}
