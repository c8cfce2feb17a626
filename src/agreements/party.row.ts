import { Entity, PrimaryColumn } from '../db/columns.ts';
import type { PartyRole } from './party.rules.ts';

/** A partner of an agreement, and as what; one may be several things. */
@Entity('agreement_party')
export class PartyRow {
  @PrimaryColumn('text')
  agreementId: string;

  @PrimaryColumn('text')
  organisationId: string;

  @PrimaryColumn('text')
  role: PartyRole;
}
