import sql from 'sql-template-tag';
import type { Departement } from './departement.ts';

/** Whoever must act is shown it: what each partner's members find on their work list, against what awaits them. */

const referralLists = [
  'drafts',
  'toAnswer',
  'placesOffered',
  'toStart',
  'cancellationsAsked',
  'informationAsked',
];
const otherLists = ['choose', 'outcomesDue', 'meetingsToRecord'];
const asked = [...referralLists, ...otherLists]
  .map((list) => `${list}(first: 100) { nodes { id } }`)
  .join(' ');

/** What somebody must act on, in whose list of which name. */
const awaited = sql`
  select 'drafts' as list, id, follower_id as organisation from referral where state = 'DRAFT'
  union all select 'toAnswer', id, receiver_id from referral where state in ('SENT', 'ACKNOWLEDGED')
  union all select 'placesOffered', id, receiver_id from referral where state = 'WAITLISTED' and holds_place
  union all select 'toStart', id, receiver_id from referral where state = 'ACCEPTED' and (app.clock() at time zone 'Europe/Paris')::date
    > coalesce((select starts_on from vacancy where id = vacancy_id), (accepted_at at time zone 'Europe/Paris')::date)
  union all select 'cancellationsAsked', id, receiver_id from referral where state = 'CANCELLATION_REQUESTED'
  union all select 'informationAsked', referral_id, follower_id from information_request
    join referral on referral.id = referral_id where information_request.state = 'OPEN'
  union all select distinct 'choose', person_id, follower_id from referral join offer on offer.id = offer_id
    where referral.state = 'ACCEPTED' and exclusive group by person_id, follower_id having count(*) > 1
  union all select 'outcomesDue', id, receiver_id from placement where outcome_reminders > 0 and outcome_due_at is not null
  union all select distinct 'meetingsToRecord', meeting.id, organisation_id from meeting
    join meeting_attendance on meeting_id = meeting.id
    where meeting_attendance.state = 'INVITED' and meeting.at + minutes * interval '1 minute' <= app.clock()`;

/** What stands on no list of anybody who could act. */
export async function unlisted(there: Departement): Promise<string[]> {
  const rows = await there.world.rows<{ list: string; id: string; organisation: string }>(awaited);
  const shown = new Map<string, Record<string, Set<string>>>();
  const faults: string[] = [];
  for (const { list, id, organisation } of rows) {
    const who = there.someone(null, { of: organisation });
    if (!who) continue; // nobody is left there: the hub acts on the day
    if (!shown.has(organisation)) shown.set(organisation, await worklistOf(who.client));
    if (!shown.get(organisation)![list]!.has(id)) faults.push(`${id} is not in ${list} of ${who.name}`);
  }
  return faults;
}

async function worklistOf(client: { get: (query: string) => Promise<any> }) {
  const { viewer } = await client.get(`{ viewer { worklist { ${asked} } } }`);
  return Object.fromEntries(
    Object.entries<any>(viewer.worklist).map(([list, { nodes }]) => [
      list,
      new Set<string>(nodes.map(({ id }: { id: string }) => id)),
    ]),
  );
}
