import sql, { raw, type Sql } from 'sql-template-tag';
import { byId, type Listing, type Order } from '../db/list.ts';
import { tells } from '../db/disclosures.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import type { PersonRow } from '../people/person.row.ts';
import { people } from '../people/person.store.ts';
import { openStates, unansweredStates } from '../referrals/referral.rules.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { byDeadline, live, quoted, referrals } from '../referrals/referral.store.ts';

/** The lists that no slice below has of its own: what one side of the referrals has to do, or has been told. */

const received = ({ organisation }: Viewer) => sql`referral.receiver_id = ${organisation}`;
const followed = ({ organisation }: Viewer) => sql`referral.follower_id = ${organisation}`;
const either = (viewer: Viewer) => sql`(${received(viewer)} or ${followed(viewer)})`;

const id = { by: sql`referral.id`, type: 'text' } as const;
const latest = (name: string, by: Sql): Order => ({
  name,
  keys: [{ by, type: 'timestamptz' }, id],
  descending: true,
});
/** The last word: an acceptance that is cancelled, or a wait that expires, is an answer anew. As its index has it. */
const answered = sql`greatest(referral.answered_at, referral.closed_at)`;

const ofReferrals = (order: Order, ...where: Sql[]): Listing<ReferralRow> => ({
  table: referrals,
  where,
  order,
});

/** Kept by the viewer's organisation and not sent yet. */
export const draftsOf = (viewer: Viewer) =>
  ofReferrals(byDeadline, followed(viewer), sql`referral.state = 'DRAFT'`);

/** For whom a freed place is reserved, which the viewer's organisation gives or skips. */
export const placesOfferedBy = (viewer: Viewer) =>
  ofReferrals(
    { name: 'OFFERED', keys: [{ by: sql`referral.place_offered_until`, type: 'timestamptz' }, id] },
    received(viewer),
    sql`referral.state = 'WAITLISTED' and referral.place_offered_until is not null`,
  );

/** Acceptances the sender asks to cancel: silence confirms. */
export const cancellationsAskedOf = (viewer: Viewer) =>
  ofReferrals(byDeadline, received(viewer), sql`referral.state = 'CANCELLATION_REQUESTED'`);

/** Unsent or open on either side, and the hub acts by itself before `until`. */
export const dueBefore = (viewer: Viewer, until: string) =>
  ofReferrals(
    byDeadline,
    either(viewer),
    sql`referral.state in (${raw(quoted(['DRAFT', ...openStates]))})`,
    sql`referral.due_at <= ${until}`,
  );

/** What providers, or their silence, answered to what the viewer follows. */
export const answeredSince = (viewer: Viewer, since: string) =>
  ofReferrals(
    latest('ANSWERED', answered),
    followed(viewer),
    sql`referral.receiver_id <> ${viewer.organisation}`,
    sql`referral.state in ('ACCEPTED', 'WAITLISTED', 'DECLINED', 'EXPIRED', 'LAPSED', 'CANCELLED')`,
    sql`${answered} >= ${since}`,
  );

export const changedSince = (viewer: Viewer, since: string) =>
  ofReferrals(
    latest('CHANGED', sql`referral.updated_at`),
    either(viewer),
    sql`referral.sent_at is not null`,
    sql`referral.updated_at >= ${since}`,
  );

/** Questions put to the viewer's organisation, which hold the clock of a receiver that would answer. */
export const informationAskedOf = (viewer: Viewer) =>
  ofReferrals(
    byDeadline,
    followed(viewer),
    sql`referral.state in (${raw(quoted(unansweredStates))})`,
    sql`exists (select from information_request where information_request.referral_id = referral.id
      and information_request.state = 'OPEN')`,
  );

/** People the viewer's organisation follows, of whom nothing is under way anywhere; who has waited longest first. */
export function withoutLiveStep(viewer: Viewer): Listing<PersonRow> {
  return {
    table: people,
    where: [
      reaches(viewer, sql`person.id`, 'PATHWAY'),
      sql`exists (select from referent where referent.person_id = person.id and referent.until is null
        and referent.organisation_id = ${viewer.organisation})`,
      sql`not exists (select from referral where referral.person_id = person.id and ${live})`,
    ],
    order: byId('person'),
    extra: tells('PATHWAY', sql`person.id`),
    telling: true,
  };
}
