import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import { SubjectRow } from '../db/rows.ts';

/** The core of a person: what a sent referral shows. Everything else has a table and a category of its own. */
@Entity('person')
export class PersonRow extends SubjectRow {
  @Column('text')
  reference: string;

  @Column('text')
  registeredBy: string;

  @Column('integer', { nullable: true })
  birthYear: number | null;

  @Column('text', { nullable: true })
  epciCode: string | null;

  /** Only a commune large enough to hide one person in; the exact one is a contact. */
  @Column('text', { nullable: true })
  communeCode: string | null;

  @Column('text', { nullable: true })
  soughtKind: string | null;

  /** Since when the record is anonymous; null while it is about somebody. */
  @Column('timestamptz', { nullable: true })
  erasedAt: string | null;
}

@Entity('person_identity')
export class PersonIdentityRow {
  @PrimaryColumn('text')
  personId: string;

  @Column('text')
  lastName: string;

  @Column('text')
  firstName: string;

  @Column('text', { nullable: true })
  birthName: string | null;

  @Column('date', { nullable: true })
  birthDate: string | null;
}

@Entity('person_contact')
export class PersonContactRow {
  @PrimaryColumn('text')
  personId: string;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { nullable: true })
  communeCode: string | null;
}

/** A partner's own number for a person it knows. */
@Entity('person_handle')
export class PersonHandleRow {
  @Column('text')
  personId: string;

  @PrimaryColumn('text')
  organisationId: string;

  @PrimaryColumn('text')
  externalReference: string;
}
