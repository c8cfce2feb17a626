import { Column, Entity } from '../db/columns.ts';
import { ImportableRow } from '../db/rows.ts';
import type { ContributionDomain, OfferKind, OfferState, SiaeKind } from './offer.rules.ts';

@Entity('offer')
export class OfferRow extends ImportableRow {
  @Column('text')
  organisationId: string;

  @Column('text', { nullable: true })
  siteId: string | null;

  @Column('text')
  kind: OfferKind;

  @Column('text', { nullable: true })
  siaeKind: SiaeKind | null;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('text')
  state: OfferState;

  @Column('text', { array: true, default: '{}' })
  domains: ContributionDomain[];

  @Column('text', { array: true, default: '{}' })
  thematiques: string[];

  @Column('text', { array: true, default: '{}' })
  romeCodes: string[];

  @Column('text', { array: true, default: '{}' })
  publics: string[];

  @Column('boolean')
  exclusive: boolean;

  @Column('boolean', { default: true })
  countsAsAction: boolean;

  @Column('text', { nullable: true })
  fees: string | null;

  @Column('text', { nullable: true })
  feesDetail: string | null;

  @Column('text', { array: true, default: '{}' })
  receptionModes: string[];

  @Column('text', { array: true, default: '{}' })
  mobilisationModes: string[];

  @Column('text', { array: true, default: '{}' })
  mobilisableBy: string[];

  @Column('text', { nullable: true })
  mobilisationLink: string | null;

  @Column('text', { nullable: true })
  accessConditions: string | null;

  @Column('text', { nullable: true })
  publicsDetail: string | null;

  @Column('text', { array: true, default: '{}' })
  eligibilityZone: string[];

  @Column('text', { nullable: true })
  openingHours: string | null;

  @Column('integer', { nullable: true })
  weeks: number | null;

  @Column('numeric', { precision: 5, scale: 2, nullable: true })
  weeklyHours: number | null;

  @Column('text', { nullable: true })
  contactEmail: string | null;

  @Column('text', { nullable: true })
  contactPhone: string | null;

  @Column('text', { nullable: true })
  serviceType: string | null;

  @Column('text', { nullable: true })
  communeCode: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('boolean', { default: true })
  approximate: boolean;

  @Column('timestamptz', { nullable: true })
  confirmedAt: string | null;

  @Column('timestamptz', { nullable: true })
  publishedAt: string | null;

  @Column('date', { nullable: true })
  suspendedUntil: string | null;

  @Column('text', { nullable: true })
  externalReference: string | null;
}
