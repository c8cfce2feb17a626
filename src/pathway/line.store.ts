import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { tells } from '../db/disclosures.ts';
import type { Table } from '../db/table.ts';
import { diagnoses } from '../eligibility/diagnosis.store.ts';
import { passes } from '../eligibility/pass.store.ts';
import { periods } from '../entitlements/entitlement.store.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { attendances } from '../meetings/attendance.store.ts';
import { needs } from '../people/need.store.ts';
import { referents } from '../people/referent.store.ts';
import { situations } from '../people/situation.store.ts';
import { contracts, followUps, outcomes } from '../placements/history.store.ts';
import { placementsListed } from '../placements/placement.store.ts';
import { moveLines } from '../referrals/history.store.ts';
import { referrals } from '../referrals/referral.store.ts';
import { engagements, reviews } from './engagement.store.ts';
import { steps } from './pathway.store.ts';
import type { TimelineKind } from './timeline.rules.ts';

/** Where lines of one kind come from: a table of the slice they belong to, seen by whom that slice shows it to. */
interface Source {
  kind: TimelineKind;
  of: Pick<Table<unknown>, 'name' | 'scope'>;
  on: Sql;
  step?: Sql;
  /** Id of what it is about; the row's own if not said. */
  subject?: Sql;
  organisation?: Sql;
  person?: Sql;
  join?: Sql;
  /** What the row hangs on, where a row alone is no proof that it is open. */
  behind?: Pick<Table<unknown>, 'scope'>;
  where?: Sql;
  /** What the line by itself tells of the person, for the access log. */
  category?: Sql;
}

const day = (instant: string) => sql`(${raw(instant)} at time zone 'Europe/Paris')::date`;
const coded = (code: string) => sql`${raw(`'${code}'`)}`;
const once = (code: string, on: string): Pick<Source, 'step' | 'on' | 'where'> => ({
  ...{ step: coded(code), on: raw(on), where: sql`${raw(on)} is not null` },
});
const pathway = { category: coded('PATHWAY') };
const need: Pick<Source, 'kind' | 'of' | 'category'> = {
  kind: 'NEED',
  of: needs,
  category: coded('NEEDS'),
};
const engagement: Pick<Source, 'kind' | 'of' | 'category'> = {
  ...{ kind: 'ENGAGEMENT', of: engagements },
  ...pathway,
};
const placement: Pick<Source, 'kind' | 'of'> = { kind: 'PLACEMENT', of: placementsListed };
const onPlacement = (name: string) => ({
  ...{ subject: sql`placement.id`, person: sql`placement.person_id` },
  join: sql`join placement on placement.id = ${raw(name)}.placement_id and placement.state <> 'UNDONE'`,
});
const onReferral = (name: string) => ({
  // by the referral's person: its moves have no index of their own
  ...{ subject: sql`referral.id`, person: sql`referral.person_id`, behind: referrals },
  join: sql`join referral on referral.id = ${raw(name)}.referral_id`,
});

/** Everything that can stand on a time line. */
const sources: readonly Source[] = [
  { ...need, ...once('STATED', 'need.opened_on') },
  { ...need, ...once('CLOSED', 'need.closed_on') },
  {
    ...{ kind: 'SITUATION', of: situations, on: sql`person_situation.stated_on` },
    category: sql`person_situation.category || case when person_situation.sensitive then ',JUSTICE' else '' end`,
  },
  {
    ...{ kind: 'ENTITLEMENT', of: periods, on: sql`entitlement_period.from_day`, step: sql`entitlement_period.state` },
    ...{ subject: sql`entitlement_period.entitlement_id`, where: sql`entitlement_period.known_until is null` },
    category: coded('ENTITLEMENTS'),
  },
  { kind: 'PASS', of: passes, on: sql`iae_pass.from_day`, where: sql`iae_pass.withdrawn_at is null`, ...pathway },
  { kind: 'DIAGNOSIS', of: diagnoses, on: sql`iae_diagnosis.on_day`, where: sql`iae_diagnosis.withdrawn_at is null`, ...pathway },
  { kind: 'REFERENT', of: referents, on: sql`referent.since`, subject: sql`null`, organisation: sql`referent.organisation_id`, ...pathway },
  {
    ...{ kind: 'PATHWAY', of: steps, on: sql`pathway_step.on_day`, step: sql`pathway_step.kind` },
    ...{ subject: sql`pathway_step.pathway_id`, organisation: sql`pathway_step.referent_organisation_id` },
    ...pathway,
  },
  { ...engagement, step: coded('DRAFTED'), on: day('engagement.created_at') },
  { ...engagement, ...once('SIGNED', 'engagement.signed_on') },
  { ...engagement, ...once('ENDED', 'engagement.ended_on') },
  {
    ...{ kind: 'REVIEW', of: reviews, on: sql`engagement_review.held_on`, step: sql`engagement_review.decision` },
    ...{ subject: sql`engagement_review.engagement_id` },
    ...pathway,
  },
  { kind: 'REFERRAL', of: moveLines, on: day('referral_move.at'), step: sql`referral_move.move`, ...onReferral('referral_move') },
  {
    ...{ kind: 'MEETING', of: attendances, on: day('meeting.at'), ...onReferral('meeting_attendance') },
    join: sql`${onReferral('meeting_attendance').join} join meeting on meeting.id = meeting_attendance.meeting_id`,
  },
  { ...placement, ...once('STARTED', 'placement.started_on') },
  { ...placement, ...once('ENDED', 'placement.ended_on') },
  { kind: 'CONTRACT', of: contracts, on: sql`contract.from_day`, ...onPlacement('contract') },
  { kind: 'OUTCOME', of: outcomes, on: sql`coalesce(outcome.from_day, outcome.ended_on)`, where: sql`outcome.known_until is null`, ...onPlacement('outcome') },
  { kind: 'FOLLOW_UP', of: followUps, on: sql`follow_up.on_day`, where: sql`follow_up.on_day is not null`, ...onPlacement('follow_up') },
]; // prettier-ignore

/** All lines of these people that the viewer may see, of these kinds, as one query: each under the scope of its slice. */
export function linesOf(viewer: Viewer, people: readonly string[], kinds: readonly TimelineKind[]): Sql {
  const wanted = sources.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  return join(
    wanted.map((source) => lines(viewer, people, source)),
    ' union all ',
  );
}

function lines(viewer: Viewer, people: readonly string[], source: Source): Sql {
  const { kind, of, on, step = sql`null`, organisation = sql`null`, behind, where, category } = source;
  const own = raw(`${of.name}.id`);
  const person = source.person ?? raw(`${of.name}.person_id`);
  const conditions = [sql`${person} = any(${[...people]})`, of.scope(viewer)];
  if (behind) conditions.push(behind.scope(viewer));
  if (where) conditions.push(where);
  // a TypeID without its prefix sorts by time, whatever it names
  const sorted = sql`split_part(${own}::text, '_', 2) || ' ' || ${coded(kind)} || ' ' || coalesce(${step}, '')`;
  return sql`select ${person} as person, ${coded(kind)} as kind, ${on} as "on", ${step}::text as step,
      ${source.subject ?? own}::text as "subjectId", ${organisation}::text as "organisationId",
      (${sorted}) collate "C" as sorted, ${category ? tells(category, person) : sql`null as "$ROW"`}
    from ${raw(of.name)} ${source.join ?? empty} where ${join(conditions, ' and ')}`;
}
