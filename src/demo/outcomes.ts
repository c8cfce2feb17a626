import type { ContractKind } from '../vacancies/vacancy.rules.ts';
import type { Certification, EndReason, OutcomeKind } from '../placements/outcome.rules.ts';
import type { Ground } from './ground.ts';
import type { Tale } from './tale.ts';

interface Ended {
  reason: EndReason;
  outcome: {
    kind: OutcomeKind;
    contractKind: ContractKind | null;
    weeklyHours: number | null;
    fromDay: string | null;
    toDay: string | null;
    certification: Certification | null;
  };
}

type Weights = Partial<Record<OutcomeKind, number>>;

const afterWork: Weights = { JOB: 34, SUBSIDISED_JOB: 3, CIVIL_SERVICE: 2, BUSINESS_CREATION: 3, OTHER_SIAE: 9, TRAINING: 15, CONTINUES: 4, UNEMPLOYED: 22, INACTIVE: 4, UNKNOWN: 4 }; // prettier-ignore
const afterTraining: Weights = {
  JOB: 42,
  TRAINING: 12,
  OTHER_SIAE: 4,
  CONTINUES: 14,
  UNEMPLOYED: 22,
  UNKNOWN: 6,
};
const afterService: Weights = {
  CONTINUES: 74,
  JOB: 7,
  TRAINING: 7,
  OTHER_SIAE: 3,
  UNEMPLOYED: 6,
  INACTIVE: 3,
};

/** How a placement ended and what the person went on to; the last weeks are not all known yet. */
export function outcomeDetails({ time, random }: Ground, { offer }: Tale, end: number): Ended {
  const weights = offer.row.exclusive ? afterWork : offer.template.kind === 'QUALIFYING_TRAINING' ? afterTraining : afterService; // prettier-ignore
  const kind: OutcomeKind = end > -45 && random.chance(0.35) ? 'NOT_YET_KNOWN' : random.weighted(weights);
  const from = end + random.int(1, 25);
  const contractKind = contractAfter(kind, random.next());
  const months = random.pick([92, 152, 182, 274, 365]);
  const dated = contractKind !== null || kind === 'TRAINING' || kind === 'BUSINESS_CREATION';
  return {
    reason: reasonFor(kind, offer.row.exclusive, random.next()),
    outcome: {
      kind,
      contractKind,
      weeklyHours: contractKind ? random.pick([20, 24, 28, 30, 35, 35, 35]) : null,
      fromDay: dated ? time.day(from) : null,
      toDay: contractKind && contractKind !== 'PERMANENT' ? time.day(from + months) : null,
      certification:
        kind === 'TRAINING' ? random.weighted({ RNCP: 5, PRE_QUALIFYING: 3, CQP: 1, NONE: 2 }) : null,
    },
  };
}

function contractAfter(kind: OutcomeKind, chance: number): ContractKind | null {
  if (kind === 'OTHER_SIAE') return 'FIXED_TERM_I';
  if (kind === 'SUBSIDISED_JOB' || kind === 'CIVIL_SERVICE') return 'FIXED_TERM';
  if (kind !== 'JOB') return null;
  return chance < 0.38 ? 'PERMANENT' : chance < 0.85 ? 'FIXED_TERM' : 'TEMPORARY';
}

function reasonFor(kind: OutcomeKind, work: boolean, chance: number): EndReason {
  if (kind === 'JOB' && work && chance < 0.45) return 'HIRED_ELSEWHERE';
  if (kind === 'TRAINING' && work && chance < 0.5) return 'ENTERED_TRAINING';
  if (!work) return chance < 0.85 ? 'COMPLETED' : chance < 0.95 ? 'ABANDONED' : 'MOVED_AWAY';
  if (chance < 0.78) return 'END_OF_CONTRACT';
  return chance < 0.85 ? 'MUTUAL_AGREEMENT' : chance < 0.92 ? 'ABANDONED' : 'RESIGNATION';
}
