import sql, { join, type Sql } from 'sql-template-tag';
import type { World } from '../kit/world.ts';

/** What must hold at every moment, whatever happened: each law is a question whose answer is empty. */

const open = sql`('DRAFT', 'SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED')`;
const closed = sql`('DECLINED', 'WITHDRAWN', 'EXPIRED', 'REROUTED', 'CANCELLED', 'LAPSED', 'CLOSED')`;
const accepted = sql`('ACCEPTED', 'CANCELLATION_REQUESTED')`;
const live = sql`('SENT', 'ACKNOWLEDGED', 'WAITLISTED', 'ACCEPTED', 'CANCELLATION_REQUESTED', 'PLACED')`;

/** Each answers `id` of what breaks it, and `told`, which says how. */
const laws: Record<string, Sql> = {
  'no vacancy has more people than places': sql`select id, concat(held, ' held, ', taken, ' taken, ', places, ' places') as told
    from vacancy where held < 0 or taken < 0 or held + taken > places or (places is null and held + taken > 0)`,
  'places held are those of accepted people and of those to whom one is offered': sql`
    select id, concat(held, ' held') as told from vacancy
    where held <> (select count(*) from referral where vacancy_id = vacancy.id and holds_place)`,
  'places taken are those of placements that keep theirs': sql`select id, concat(taken, ' taken') as told from vacancy
    where taken <> (select count(*) from placement where vacancy_id = vacancy.id and takes_place)`,
  'a vacancy is filled when it has no place left, and only then': sql`select id, state as told from vacancy
    where state in ('OPEN', 'FILLED') and (state = 'FILLED') is distinct from (places is not null and held + taken = places)`,
  'who is accepted where places are counted holds one': sql`select referral.id, referral.state as told
    from referral join vacancy on vacancy.id = vacancy_id
    where referral.state in ${accepted} and holds_place <> (places is not null)`,
  'a place is held by nobody else': sql`select id, state as told from referral
    where holds_place and state not in ${accepted} and not (state = 'WAITLISTED' and place_offered_until is not null)
      or place_offered_until is not null and not (state = 'WAITLISTED' and holds_place)`,
  'a person is referred to one vacancy, or to one offer without, once': sql`select person_id as id, coalesce(vacancy_id, offer_id) as told
    from referral where state in ${live} group by person_id, coalesce(vacancy_id, offer_id) having count(*) > 1`,
  'what is closed says why and since when, and what is not does not': sql`select id, concat(state, ' ', reason) as told from referral
    where (state in ${closed}) <> (closed_at is not null) or state in ${closed} and reason is null
      or reason is not null and state not in ${closed} and state <> 'CANCELLATION_REQUESTED'`,
  'a placement stands as its referral says': sql`select placement.id, concat(placement.state, ' but ', referral.state) as told
    from placement join referral on referral.id = referral_id
    where placement.state in ('STARTED', 'SUSPENDED') and referral.state <> 'PLACED'
      or placement.state = 'ENDED' and referral.state <> 'CLOSED'`,
  'a referral that is placed or was has one placement': sql`select referral.id, referral.state as told from referral
    where state in ('PLACED', 'CLOSED') and 1 <> (select count(*) from placement
      where referral_id = referral.id and placement.state <> 'UNDONE')`,
  // the hub acts by itself on that day if nobody does
  'whatever is open has a day to come on which it goes on': sql`select id, concat(state, ' until ', coalesce(due_at::text, 'ever')) as told
    from referral where state in ${open} and (due_at is null or due_at <= app.clock() or due_at > app.clock() + interval '200 days')`,
  'a place is offered until a day to come': sql`select id, place_offered_until::text as told from referral
    where place_offered_until <= app.clock() or place_offered_until > app.clock() + interval '120 days'`,
  'what is closed has no deadline, reminder or clock': sql`select id, state as told from referral
    where state in ${closed} and (due_at is not null or reminder_due_at is not null or stopped_until is not null)`,
  'nothing stops the clock of what awaits no answer': sql`select referral.id, cause as told
    from clock_stop join referral on referral.id = referral_id
    where until > app.clock() and referral.state not in ('SENT', 'ACKNOWLEDGED')`,
  'nothing is asked, and nobody invited, for what has closed or started': sql`select referral.id, 'asked' as told
    from information_request join referral on referral.id = referral_id
    where information_request.state = 'OPEN' and referral.state not in ('SENT', 'ACKNOWLEDGED')
    union all select referral.id, 'invited' from meeting_attendance join referral on referral.id = referral_id
    where meeting_attendance.state = 'INVITED' and referral.state not in ${open}`,
  'every change of a referral, vacancy or placement is told': sql`select id, concat('version ', version) as told from (
      select id, version from referral union all select id, version from vacancy where opened_at is not null or state = 'DRAFT'
      union all select id, version from placement) subject
    where version > 0 and version is distinct from (select max(subject_version) from event where subject_id = subject.id)
      and exists (select from event where subject_id = subject.id)`,
  'whatever is told to have moved stands in its history': sql`select subject_id as id, type as told from event
    where subject_type = 'Referral' and (facts ? 'move' or type in ('referral.bound', 'referral.unbound'))
      and not exists (select from referral_move where referral_id = subject_id and at = occurred_at
        and move = coalesce(event.facts->>'move', 'bind'))`,
  'a reserved place that passes to the next is told, and why': sql`select id, place_skipped_at::text as told from referral
    where place_skipped_at is not null and not exists (select from event where subject_id = referral.id
      and occurred_at = place_skipped_at and type = 'referral.place_skipped')`,
  'where a referral is bound to is where its history last moved it': sql`select referral.id, vacancy_id as told from referral
    join lateral (select facts->>'vacancy' as vacancy from event where subject_id = referral.id
      order by tx desc, pos desc limit 1) last on true where last.vacancy is distinct from vacancy_id`,
  'the last that was told of a referral is how it stands': sql`select referral.id, concat(state, ' but told ', last.facts->>'state') as told
    from referral join lateral (select facts from event where subject_id = referral.id order by tx desc, pos desc limit 1) last on true
    where last.facts->>'state' <> state`,
  'what nobody knows of an end is asked for, or written UNKNOWN': sql`select placement.id, 'not yet known' as told from placement
    join outcome on outcome.placement_id = placement.id and known_until is null
    where kind = 'NOT_YET_KNOWN' and (outcome_due_at is null or outcome_due_at <= app.clock())`,
  'who waits for a freed place waits behind nobody who came later': sql`select first.id, second.id as told
    from referral first join referral second on second.vacancy_id = first.vacancy_id
    where first.state = 'WAITLISTED' and second.state = 'WAITLISTED' and second.holds_place and not first.holds_place
      and first.place_skipped_at is null and second.place_skipped_at is null and first.waitlisted_at < second.waitlisted_at
      and second.place_offered_until is not null and first.waitlisted_at < (select max(occurred_at) from event
        where subject_id = second.id and type = 'referral.place_offered')
      and not exists (select from event where subject_id = first.id and type in ('referral.bound', 'referral.reinstated', 'referral.place_skipped'))`,
}; // prettier-ignore

const all = join(
  Object.entries(laws).map(
    ([law, broken]) => sql`select ${law}::text as law, broken.* from (${broken}) broken`,
  ),
  ' union all ',
);

/** The laws that do not hold now, each with what breaks it. */
export async function broken(world: World): Promise<string[]> {
  const rows = await world.rows<{ law: string; id: string; told: string }>(all);
  return rows.map(({ law, id, told }) => `${law}: not so of ${id} (${told})`);
}
