import sql from 'sql-template-tag';
import { addDays } from '../../src/kernel/clock.ts';
import type { Partner, World } from './world.ts';

/**
 * Rights are rows, written move by move; here they are worked out again from nothing but what happened: who registered,
 * who is the referent, how each referral and placement stands.
 */

const days = { receiver: 30, follower: 215 };
const named = ['CORE', 'IDENTITY', 'CONTACT'];
const record = [...named, 'NEEDS', 'PROFILE', 'PATHWAY'];
const whole = [...record, 'ENTITLEMENTS', 'HEALTH', 'JUSTICE'];

/** `person organisation category reason` of each right. */
type Rights = Set<string>;
interface At {
  world: World;
  council: string;
  rights: Rights;
  instant: string;
}

/** What each kind of fact opens at an instant; a new reason gets a line here, with its own working out. */
const openedBy: ((at: At) => Promise<void>)[] = [following, referrals, placements, grants];

function open({ rights }: At, person: string, organisation: string, categories: string[], reason: string) {
  for (const category of categories) rights.add([person, organisation, category, reason].join(' '));
} // prettier-ignore

async function following(at: At): Promise<void> {
  const people = await at.world.rows(sql`select id, registered_by as registrar,
      (select organisation_id from referent where person_id = person.id and until is null) as referent,
      exists (select from referent where person_id = person.id and organisation_id <> registered_by) as elsewhere
    from person where erased_at is null`);
  for (const { id, registrar, referent, elsewhere } of people) {
    open(at, id, at.council, whole, 'PROGRAMME');
    if (referent) open(at, id, referent, whole, 'REFERENT');
    if (!elsewhere) open(at, id, registrar, record, 'REGISTRAR');
  }
}

async function referrals(at: At): Promise<void> {
  const rows = await at.world.rows(sql`select person_id, receiver_id, follower_id, state, disclose, acknowledged_at,
      exists (select from meeting_attendance where referral_id = referral.id and state = 'HELD') as met from referral
    where state in ('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED')`);
  for (const row of rows) {
    const accepted = ['ACCEPTED', 'CANCELLATION_REQUESTED'].includes(row.state);
    const met = row.met && row.disclose !== 'AT_ACCEPTANCE';
    const known = accepted || met || (row.acknowledged_at && row.disclose === 'AT_ACKNOWLEDGEMENT');
    open(at, row.person_id, row.receiver_id, known ? named : ['CORE'], 'REFERRAL');
    open(at, row.person_id, row.follower_id, named, 'REFERRAL');
  }
} // prettier-ignore

/**
 * From the start to some days after the last one, or to when that was recorded, or to the last follow-up; for the follower
 * at most to when the following moved.
 */
async function placements(at: At): Promise<void> {
  const rows = await at.world.rows(sql`select placement.person_id as person, placement.receiver_id as receiver,
      ended.at as recorded, (ended_on + 1)::timestamp at time zone 'Europe/Paris' as ended,
      (select recorded_at from follow_up where placement_id = placement.id and months = 6) as last,
      coalesce((select facts->>'follower' from event where type = 'referral.follower_changed' and subject_id = referral_id
        and occurred_at <= placement.created_at order by pos desc limit 1), placement.sender_id) as follower,
      array(select facts->>'referent' from event where type = 'person.referent_assigned' and subject_id = placement.person_id
        and occurred_at > placement.created_at) as later
    from placement left join lateral (select at from referral_move
      where referral_move.referral_id = placement.referral_id and move = 'close') ended on true
    join person on person.id = placement.person_id and erased_at is null where placement.state <> 'UNDONE'`);
  for (const { person, receiver, follower, recorded, ended, last, later } of rows) {
    const until = (kept: number) => Math.max(Date.parse(recorded), Date.parse(addDays(ended, kept)));
    const running = (kept: number) => !last && (!ended || Date.parse(at.instant) < until(kept));
    if (running(days.receiver)) open(at, person, receiver, named, 'PLACEMENT');
    const moved = later.some((referent: string) => referent !== follower);
    if (running(days.follower) && !moved) open(at, person, follower, named, 'PLACEMENT');
  }
} // prettier-ignore

/** A grant from its first day to its last, or to its end, for whom it still names. */
async function grants(at: At): Promise<void> {
  const rows = await at.world.rows(sql`select person_id, organisation_ids, categories from sharing_grant
    where ended_at is null and opens_at <= ${at.instant} and closes_at > ${at.instant}`);
  for (const { person_id, organisation_ids, categories } of rows)
    for (const organisation of organisation_ids) open(at, person_id, organisation, categories, 'GRANT');
}

/** The rights that the facts give at an instant, in a world whose one council is this. */
export async function rebuilt(world: World, council: Partner, instant: string): Promise<string[]> {
  const at: At = { world, council: council.id, rights: new Set(), instant };
  for (const opened of openedBy) await opened(at);
  return [...at.rights].sort();
}

/** The rights that stand in the table at an instant. */
export async function stored(world: World, instant: string): Promise<string[]> {
  const rows = await world.rows<{ held: string }>(sql`
    select distinct concat_ws(' ', person_id, organisation_id, category, reason) as held from person_access
    where valid_from <= ${instant} and (valid_until is null or valid_until > ${instant})`);
  return rows.map(({ held }) => held).sort();
}
