import type {
  EntitlementReason,
  EntitlementRole,
  EntitlementState,
} from '../../entitlements/entitlement.rules.ts';

/** The codes of the funds' flux « RSA bénéficiaires » (vrsb0801), as far as they are kept, and what each becomes here. */

/** ETATDOSRSA. */
export const states: Readonly<Record<string, EntitlementState>> = {
  0: 'REQUESTED',
  1: 'REFUSED',
  2: 'OPEN',
  /** The right suspended. */
  3: 'SUSPENDED',
  /** Its payment suspended. */
  4: 'SUSPENDED',
  5: 'CLOSED',
  /** Closed in an earlier month, put right in this one. */
  6: 'CLOSED',
};

/** ROLEPERS: of the others of a household (children, other dependants, who answers for the file) nothing is kept. */
export const roles: Readonly<Record<string, EntitlementRole | null>> = {
  DEM: 'ALLOCATAIRE',
  CJT: 'SPOUSE',
  ENF: null,
  AUT: null,
  RDO: null,
};

/** MOTICLORSA. */
const closing: Readonly<Record<string, EntitlementReason>> = {
  PCG: 'COUNCIL_DECISION',
  ECH: 'NOTHING_DUE',
  MUT: 'LEFT_TERRITORY',
  RGD: 'FILES_JOINED',
};

/** MOTIREFURSA: by the last two figures the same as of a suspension. */
const refusing: Readonly<Record<string, EntitlementReason>> = {
  PCG: 'COUNCIL_DECISION',
  F02: 'NOT_ELIGIBLE',
  F05: 'NOTHING_DUE',
  F09: 'NOT_ELIGIBLE',
};

/** MOTISUSDRORSA, MOTISUSVERSRSA. Residence permits, stays in hospital, the AAH, family: their codes are not kept. */
const suspending: Readonly<Record<string, EntitlementReason>> = {
  '01': 'RESOURCES',
  '02': 'NOT_ELIGIBLE',
  '03': 'NOT_ELIGIBLE',
  '05': 'NOTHING_DUE',
  '06': 'DECLARATION_MISSING',
  '09': 'NOT_ELIGIBLE',
  '70': 'NOT_ELIGIBLE',
  CV: 'COUNCIL_DECISION',
  CZ: 'NOT_ELIGIBLE',
  DA: 'NOT_ELIGIBLE',
  DC: 'NOT_ELIGIBLE',
};

/** The broad reason behind a fund's code; what is not in the lists, or would say too much, is another reason. */
export function reasonOf(state: EntitlementState, code: string | null): EntitlementReason | null {
  if (code === null) return null;
  const lists: Partial<Record<EntitlementState, Readonly<Record<string, EntitlementReason>>>> = {
    CLOSED: closing,
    REFUSED: refusing,
    SUSPENDED: suspending,
  };
  return lists[state] ? (lists[state][code] ?? 'OTHER') : null;
}
