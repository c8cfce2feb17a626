import { Column, Entity, PrimaryColumn } from '../db/columns.ts';
import type { LengthBound, OutcomeClass, RuleSet } from './outcome-class.rules.ts';

/** A version of a rule set: it classes outcomes whose day lies in its time. */
@Entity('outcome_rule_set')
export class OutcomeRuleSetRow {
  @PrimaryColumn('text')
  ruleSet: RuleSet;

  @PrimaryColumn('integer')
  version: number;

  @Column('date')
  fromDay: string;

  /** First day of the version after it; null for the one in force. */
  @Column('date', { nullable: true })
  untilDay: string | null;

  @Column('text')
  source: string;
}

/** A line of a version: the first one that an outcome satisfies is its class. A column without value asks nothing. */
@Entity('outcome_rule')
export class OutcomeRuleRow {
  @PrimaryColumn('text')
  ruleSet: RuleSet;

  @PrimaryColumn('integer')
  version: number;

  @PrimaryColumn('integer')
  nth: number;

  @Column('text')
  code: string;

  @Column('text')
  class: OutcomeClass;

  @Column('text')
  labelFr: string;

  @Column('text')
  labelEn: string;

  @Column('text')
  whyFr: string;

  @Column('text')
  whyEn: string;

  @Column('text', { array: true, nullable: true })
  kinds: string[] | null;

  @Column('text', { array: true, nullable: true })
  contracts: string[] | null;

  @Column('text', { array: true, nullable: true })
  certifications: string[] | null;

  @Column('text', { array: true, nullable: true })
  endReasons: string[] | null;

  /** How long the contract lasts, by `bound`; with `followedAs`, within how many months of its start. */
  @Column('integer', { nullable: true })
  lastsMonths: number | null;

  @Column('text', { nullable: true })
  bound: LengthBound | null;

  @Column('boolean', { nullable: true })
  lengthTold: boolean | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  hoursBelow: number | null;

  @Column('boolean', { nullable: true })
  hoursTold: boolean | null;

  /** Only until so many months have passed since the day of the outcome. */
  @Column('integer', { nullable: true })
  notAfterMonths: number | null;

  /** A follow-up found the person so. */
  @Column('text', { array: true, nullable: true })
  followedAs: string[] | null;

  /** In a structure of one of these kinds. */
  @Column('text', { array: true, nullable: true })
  siaeKinds: string[] | null;

  /** The stay was so many months or less. */
  @Column('integer', { nullable: true })
  stayMonths: number | null;

  /** The hours recorded are fewer. */
  @Column({ type: 'numeric', precision: 6, scale: 2, nullable: true })
  stayHours: number | null;
}
