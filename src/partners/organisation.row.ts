import { Column, Entity, Index } from '../db/columns.ts';
import { ImportableRow } from '../db/rows.ts';
import type { OrganisationKind, PrescriberKind, Remit } from './organisation.rules.ts';

@Entity('organisation')
@Index('organisation_single_council', ['kind'], { unique: true, where: `kind = 'COUNCIL'` })
export class OrganisationRow extends ImportableRow {
  @Column('text')
  kind: OrganisationKind;

  @Column('text', { nullable: true })
  remit: Remit | null;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  shortName: string | null;

  @Column('text', { nullable: true })
  siret: string | null;

  @Column('text', { nullable: true })
  parentId: string | null;

  @Column('text', { nullable: true })
  communeCode: string | null;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  website: string | null;

  @Column('text', { nullable: true })
  authorisedPrescriber: PrescriberKind | null;

  @Column('date', { nullable: true })
  authorisedPrescriberSince: string | null;

  @Column('boolean', { default: false })
  sensitive: boolean;

  /** Whether its members may answer a referral by the link of a mail and a code (docs/adr/0020). */
  @Column('boolean', { default: false })
  answersByMail: boolean;
}
