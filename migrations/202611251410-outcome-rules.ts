import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** A line of a rule set: what an outcome must say to be of a class. What is not named asks nothing. */
interface Line {
  code: string;
  class: string;
  label: [fr: string, en: string];
  why: [fr: string, en: string];
  kinds?: string[];
  contracts?: string[];
  certifications?: string[];
  end_reasons?: string[];
  lasts_months?: number;
  bound?: 'AT_LEAST' | 'MORE_THAN' | 'LESS_THAN';
  length_told?: boolean;
  hours_below?: number;
  hours_told?: boolean;
  not_after_months?: number;
  followed_as?: string[];
  siae_kinds?: string[];
  stay_months?: number;
  stay_hours?: number;
}

const siae = ['PERMANENT_I', 'FIXED_TERM_I', 'FIXED_TERM_I_PHC', 'FIXED_TERM_I_CVG', 'FIXED_TERM_TREMPLIN'];
const fixed = ['FIXED_TERM', 'FIXED_TERM_USAGE', 'TEMPORARY', 'APPRENTICESHIP', 'PROFESSIONAL_TRAINING'];
const jobs = ['JOB', 'SUBSIDISED_JOB'];
const qualifying = ['RNCP', 'CQP'];

const label: Record<string, [string, string]> = {
  durable: ['Emploi durable', 'Durable job'],
  training: ['Formation qualifiante', 'Qualifying training'],
  transitional: ['Emploi de transition', 'Transitional job'],
  positive: ['Sorties positives', 'Positive exits'],
  success: ['Sortie positive', 'Positive exit'],
  other: ['Autres sorties', 'Other exits'],
  withdrawn: ['Retrait des sorties constatées', 'Withdrawn from the exits'],
  continues: ['Le parcours continue', 'The path goes on'],
  pending: ['En attente', 'Pending'],
};
const line = (code: string, cls: string, of: keyof typeof label, why: [string, string], asks: Partial<Line>): Line => ({
  code, class: cls, label: label[of]!, why, ...asks,
}); // prettier-ignore

const notKnownYet = line('NOT_KNOWN_YET', 'PENDING', 'pending', ['la suite n’est pas encore connue', 'what came after is not known yet'], { kinds: ['NOT_YET_KNOWN'] }); // prettier-ignore
const neverTold = line('NEVER_TOLD', 'OTHER_EXIT', 'other', ['personne n’a dit la suite', 'nobody told what came after'], { kinds: ['UNKNOWN'] }); // prettier-ignore
const lengthNotTold = line('LENGTH_NOT_TOLD', 'PENDING', 'pending', ['la durée du contrat n’est pas dite', 'how long the contract lasts is not told'], { kinds: ['JOB'], contracts: fixed, length_told: false }); // prettier-ignore
const permanent = line('PERMANENT', 'DURABLE_JOB', 'durable', ['CDI', 'permanent contract'], { kinds: jobs, contracts: ['PERMANENT'] }); // prettier-ignore
const established = line('ESTABLISHED', 'DURABLE_JOB', 'durable', ['fonction publique, création d’entreprise', 'civil service, business creation'], { kinds: ['CIVIL_SERVICE', 'BUSINESS_CREATION'] }); // prettier-ignore
const inSiae: [string, string] = ['embauche dans une autre SIAE', 'hired by another insertion structure'];
const rest = line('OTHER', 'OTHER_EXIT', 'other', ['aucune autre règle ne s’applique', 'no other rule applies'], {}); // prettier-ignore

/** In this order: the first line an outcome satisfies is its class (docs/domain.md §12, docs/adr/0031). */
const pdi2007: Line[] = [
  notKnownYet,
  neverTold,
  line('PATH_GOES_ON', 'CONTINUES', 'continues', ['le parcours continue', 'the path goes on'], { kinds: ['OTHER_SIAE', 'CONTINUES'] }),
  line('SIAE_CONTRACT', 'CONTINUES', 'continues', inSiae, { kinds: jobs, contracts: siae }),
  line('PRE_QUALIFYING', 'CONTINUES', 'continues', ['formation préqualifiante', 'pre-qualifying training'], { kinds: ['TRAINING'], certifications: ['PRE_QUALIFYING'] }),
  permanent,
  established,
  line('SIX_MONTHS', 'DURABLE_JOB', 'durable', ['CDD ou intérim de 6 mois ou plus', 'fixed-term or temporary work of 6 months or more'], { kinds: ['JOB'], contracts: fixed, lasts_months: 6, bound: 'AT_LEAST' }),
  lengthNotTold,
  line('QUALIFYING', 'QUALIFYING_TRAINING', 'training', ['formation menant à une certification du RNCP ou à un CQP', 'training for a certification of the RNCP or a CQP'], { kinds: ['TRAINING'], certifications: qualifying }),
  line('UNDER_SIX_MONTHS', 'TRANSITIONAL_JOB', 'transitional', ['moins de 6 mois, ou contrat aidé à durée déterminée', 'under 6 months, or a subsidised fixed-term contract'], { kinds: jobs }),
  rest,
]; // prettier-ignore

const iae2013: Line[] = [
  notKnownYet,
  line('DECEASED', 'WITHDRAWN', 'withdrawn', ['décès', 'the person died'], { end_reasons: ['DECEASED'] }),
  line('STAY_UNDER_3_MONTHS', 'WITHDRAWN', 'withdrawn', ['présence de 3 mois ou moins dans un ACI ou une EI', 'a stay of 3 months or less in an ACI or EI'], { siae_kinds: ['ACI', 'EI'], stay_months: 3 }),
  line('STAY_UNDER_150_HOURS', 'WITHDRAWN', 'withdrawn', ['moins de 150 heures travaillées dans une AI ou une ETTI', 'under 150 hours worked in an AI or ETTI'], { siae_kinds: ['AI', 'ETTI'], stay_hours: 150 }),
  neverTold,
  line('OTHER_SIAE', 'POSITIVE_EXIT', 'positive', inSiae, { kinds: ['OTHER_SIAE'] }),
  line('SIAE_CONTRACT', 'POSITIVE_EXIT', 'positive', inSiae, { kinds: jobs, contracts: siae }),
  line('TRAINING', 'POSITIVE_EXIT', 'positive', ['formation préqualifiante ou qualifiante', 'pre-qualifying or qualifying training'], { kinds: ['TRAINING'], certifications: ['PRE_QUALIFYING', ...qualifying] }),
  permanent,
  established,
  line('OVER_SIX_MONTHS', 'DURABLE_JOB', 'durable', ['CDD ou intérim de plus de 6 mois', 'fixed-term or temporary work of more than 6 months'], { kinds: ['JOB'], contracts: fixed, lasts_months: 6, bound: 'MORE_THAN' }),
  lengthNotTold,
  line('SIX_MONTHS_OR_LESS', 'TRANSITIONAL_JOB', 'transitional', ['CDD ou intérim de 6 mois ou moins, contrat aidé', 'fixed-term or temporary work of 6 months or less, subsidised contract'], { kinds: jobs }),
  rest,
]; // prettier-ignore

const plie: Line[] = [
  notKnownYet,
  neverTold,
  line('PATH_GOES_ON', 'CONTINUES', 'continues', ['le parcours continue', 'the path goes on'], { kinds: ['OTHER_SIAE', 'CONTINUES'] }),
  line('SIAE_CONTRACT', 'CONTINUES', 'continues', inSiae, { kinds: jobs, contracts: siae }),
  line('PRE_QUALIFYING', 'CONTINUES', 'continues', ['formation préqualifiante', 'pre-qualifying training'], { kinds: ['TRAINING'], certifications: ['PRE_QUALIFYING'] }),
  line('BUSINESS_CREATION', 'POSITIVE_EXIT', 'success', ['création d’entreprise', 'business creation'], { kinds: ['BUSINESS_CREATION'] }),
  line('ALTERNATING', 'POSITIVE_EXIT', 'success', ['contrat d’apprentissage ou de professionnalisation', 'apprenticeship or professional-training contract'], { kinds: jobs, contracts: ['APPRENTICESHIP', 'PROFESSIONAL_TRAINING'] }),
  line('UNDER_HALF_TIME', 'OTHER_EXIT', 'other', ['moins d’un mi-temps', 'less than half time'], { kinds: [...jobs, 'CIVIL_SERVICE'], hours_below: 17.5 }),
  line('UNDER_SIX_MONTHS', 'OTHER_EXIT', 'other', ['contrat de moins de 6 mois', 'a contract under 6 months'], { kinds: jobs, lasts_months: 6, bound: 'LESS_THAN' }),
  line('LEFT_BEFORE_SIX_MONTHS', 'OTHER_EXIT', 'other', ['plus en emploi avant 6 mois', 'no longer in work before 6 months'], { kinds: [...jobs, 'CIVIL_SERVICE'], followed_as: ['UNEMPLOYED', 'INACTIVE'], lasts_months: 6 }),
  line('SIX_MONTHS_NOT_REACHED', 'PENDING', 'pending', ['6 mois non atteints', 'six months not reached'], { kinds: [...jobs, 'CIVIL_SERVICE'], not_after_months: 6 }),
  line('HOURS_NOT_TOLD', 'PENDING', 'pending', ['le temps de travail n’est pas dit', 'the hours a week are not told'], { kinds: [...jobs, 'CIVIL_SERVICE'], hours_told: false }),
  lengthNotTold,
  line('SIX_MONTHS', 'POSITIVE_EXIT', 'success', ['6 mois d’emploi au moins à mi-temps', '6 months of employment, half time or more'], { kinds: [...jobs, 'CIVIL_SERVICE'] }),
  line('NOT_VALIDATED_YET', 'PENDING', 'pending', ['validation de la formation non connue', 'whether the training was validated is not known'], { kinds: ['TRAINING'], certifications: qualifying }),
  rest,
]; // prettier-ignore

const columns = [
  ...['kinds', 'contracts', 'certifications', 'end_reasons', 'lasts_months', 'bound', 'length_told', 'hours_below'],
  ...['hours_told', 'not_after_months', 'followed_as', 'siae_kinds', 'stay_months', 'stay_hours'],
] as const; // prettier-ignore

/** How outcomes are classed: named rule sets, each in dated versions, as rows that anybody may read. */
export class OutcomeRules202611251410 implements MigrationInterface {
  name = 'OutcomeRules1764084600000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table outcome_rule_set (
        rule_set text not null,
        version integer not null,
        from_day date not null,
        until_day date,
        source text not null,
        primary key (rule_set, version),
        constraint outcome_rule_set_days check (until_day > from_day)
      );
      create table outcome_rule (
        rule_set text not null,
        version integer not null,
        nth integer not null,
        code text not null,
        class text not null,
        label_fr text not null,
        label_en text not null,
        why_fr text not null,
        why_en text not null,
        kinds text[],
        contracts text[],
        certifications text[],
        end_reasons text[],
        lasts_months integer,
        bound text,
        length_told boolean,
        hours_below numeric(5, 2),
        hours_told boolean,
        not_after_months integer,
        followed_as text[],
        siae_kinds text[],
        stay_months integer,
        stay_hours numeric(6, 2),
        primary key (rule_set, version, nth),
        constraint outcome_rule_of_set foreign key (rule_set, version) references outcome_rule_set (rule_set, version)
      )`);
    for (const table of ['outcome_rule_set', 'outcome_rule']) await grant(run, table, 'select');
    await this.adopt(run, ['PDI_2007', '2007-01-01', 'Programme départemental d’insertion, 2007'], pdi2007);
    await this.adopt(run, ['IAE_2013', '2013-01-01', 'Convention statistique de l’IAE, 2013'], iae2013);
    await this.adopt(run, ['PLIE', '2007-01-01', 'Protocole du PLIE'], plie);
  }

  private async adopt(run: QueryRunner, [ruleSet, from, source]: string[], lines: Line[]): Promise<void> {
    await run.query(`insert into outcome_rule_set values ($1, 1, $2, null, $3)`, [ruleSet, from, source]);
    for (const [nth, each] of lines.entries())
      await run.query(
        `insert into outcome_rule (rule_set, version, nth, code, class, label_fr, label_en, why_fr, why_en, ${columns.join(', ')})
         values ($1, 1, $2, $3, $4, $5, $6, $7, $8, ${columns.map((_, at) => `$${at + 9}`).join(', ')})`,
        [ruleSet, nth + 1, each.code, each.class, ...each.label, ...each.why, ...columns.map((column) => each[column] ?? null)],
      ); // prettier-ignore
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table outcome_rule, outcome_rule_set');
  }
}
