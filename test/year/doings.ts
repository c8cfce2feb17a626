import sql from 'sql-template-tag';
import {
  DeclineReason,
  SkipReason,
  WithdrawReason,
  AcceptanceCancellationReason,
} from '../../src/referrals/reason.rules.ts';
import { newPerson } from '../kit/people.ts';
import { inputTypes as referralInputs } from '../kit/referrals.ts';
import type { Actor, Departement } from './departement.ts';

/** What somebody tries: who, by which mutation, with what. The hub does it, or refuses by one of its codes. */
export interface Trial {
  who: Actor;
  mutation: string;
  inputType: string;
  input: Record<string, unknown>;
  /** Counted under this name rather than that of what chance drew. */
  as?: string;
}

type Doing = (there: Departement) => Promise<Trial | null>;
type Side = 'receiver_id' | 'follower_id';

/** By who stands on that side of a row; once in a while by somebody else, who must be refused. */
function bySide(there: Departement, row: any, side: Side, role: Actor['role']): Actor | null {
  if (there.random.chance(0.05)) return there.someone(null);
  return there.someone(role, { of: row[side] ?? row.sender_id });
}

/** A move of a referral by the side that makes it. */
function move(
  mutation: keyof typeof referralInputs,
  side: Side,
  states: string[],
  more: (there: Departement, row: any) => object | Promise<object> = () => ({}),
): Doing {
  return async (there) => {
    const row = await there.referral(...states);
    const who = row && bySide(there, row, side, side === 'receiver_id' ? 'PROVIDER' : 'COORDINATOR');
    if (!who) return null;
    const input = { referral: row.id, ...(await more(there, row)) };
    return { who, mutation, inputType: referralInputs[mutation], input };
  };
}

function ofPlacement(
  mutation: string,
  inputType: string,
  states: string[],
  more: (there: Departement, row: any) => object,
): Doing {
  return async (there) => {
    const row = await there.placement(...states);
    const who = row && bySide(there, row, 'receiver_id', 'PROVIDER');
    return who ? { who, mutation, inputType, input: { placement: row.id, ...more(there, row) } } : null;
  };
}

const reasonOf = (codes: object) => (there: Departement) => ({
  reason: there.random.pick(Object.keys(codes)),
});
const open = ['SENT', 'ACKNOWLEDGED', 'WAITLISTED'];
const unanswered = ['SENT', 'ACKNOWLEDGED'];
const closed = ['DECLINED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'LAPSED'];

const agreement = (there: Departement) => ({
  personAgreement: { given: there.random.chance(0.95), on: there.today, how: 'PHONE' },
});
const despite = (there: Departement) => (there.random.chance(0.6) ? { despiteRefusal: 'PERSON_ASKS' } : {});

/** An offer, or one of its vacancies if it has any left; now and then the offer though it has. */
async function somewhere(there: Departement): Promise<object | null> {
  const offer = await there.one(
    sql`select * from offer where state = ${there.random.chance(0.93) ? 'PUBLISHED' : 'SUSPENDED'} order by id`,
  );
  if (!offer) return null;
  // people are sent where others are: chance alone seldom meets a full house
  const full = there.random.chance(0.4)
    ? await there.one(sql`select vacancy.* from vacancy join offer on offer.id = offer_id
        where vacancy.state = 'FILLED' and offer.state = 'PUBLISHED' order by vacancy.id`)
    : null;
  const vacancy =
    full ??
    (await there.one(
      sql`select * from vacancy where offer_id = ${offer.id} and state in ('OPEN', 'FILLED') order by id`,
    ));
  return vacancy && there.random.chance(0.8) ? { vacancy: vacancy.id } : { offer: offer.id };
}

const boundTo = async (there: Departement, row: any) => {
  const left = await there.one(
    sql`select * from vacancy where offer_id = ${row.offer_id} and state in ('OPEN', 'FILLED') order by id`,
  );
  return { vacancy: left?.id ?? row.vacancy_id ?? row.offer_id };
};

async function refer(there: Departement): Promise<Trial | null> {
  const person = await there.one(sql`select person.*, coalesce((select organisation_id from referent
      where person_id = person.id and until is null), registered_by) as follower from person order by id`);
  const who = person && there.someone('COORDINATOR', { of: there.random.chance(0.95) ? person.follower : undefined! });
  const where = await somewhere(there);
  if (!who || !where) return null;
  const disclose = there.random.pick(['AT_ACKNOWLEDGEMENT', 'AT_MEETING', 'AT_ACCEPTANCE']);
  const input = { person: person.id, ...where, send: there.random.chance(0.85), disclose, ...agreement(there), ...despite(there) };
  return { who, mutation: 'referPerson', inputType: 'NewReferral', input };
} // prettier-ignore

const contractOf = (there: Departement) => ({
  kind: there.random.pick(['FIXED_TERM_I', 'FIXED_TERM', 'PERMANENT']),
  weeklyHours: 26,
});
const dated = (there: Departement) => {
  const contract = contractOf(there);
  return contract.kind === 'PERMANENT' ? contract : { ...contract, to: there.day(there.random.int(20, 200)) };
};

/** What becomes of each accepted one of a vacancy that closes; once in a while one is forgotten. */
async function decisionsOf(there: Departement, vacancies: string[], offer: string): Promise<object[]> {
  const accepted = await there.world.rows<any>(sql`select id from referral
    where vacancy_id = any(${vacancies}) and state in ('ACCEPTED', 'CANCELLATION_REQUESTED') order by id`);
  const others = await there.world.rows<any>(sql`select id from vacancy
    where offer_id = ${offer} and state = 'OPEN' and id <> all(${vacancies}) order by id`);
  return accepted.flatMap(({ id: referral }): object[] => {
    if (there.random.chance(0.1)) return [];
    const decision = there.random.pick(others.length ? ['KEEP', 'CANCEL', 'MOVE'] : ['KEEP', 'CANCEL']);
    if (decision === 'MOVE') return [{ referral, decision, vacancy: there.random.pick(others).id }];
    return [{ referral, decision, ...(decision === 'CANCEL' && { reason: 'SITE_CLOSED' }) }];
  });
}

/** A vacancy closes while another one of its offer has a place for somebody accepted there; where there is none, one is opened first. */
async function closeAndMove(there: Departement): Promise<Trial | null> {
  const accepted = await there.world.rows<any>(sql`select referral.*, (select other.id from vacancy other
      where other.offer_id = referral.offer_id and other.state = 'OPEN' and other.id <> referral.vacancy_id order by other.id limit 1) as other
    from referral join offer on offer.id = referral.offer_id and offer.state = 'PUBLISHED'
    where referral.state in ('ACCEPTED', 'CANCELLATION_REQUESTED') and vacancy_id is not null order by referral.id`);
  const row = accepted.find(({ other }) => other) ?? accepted[0];
  const who = row && there.someone('PROVIDER', { of: row.receiver_id });
  if (!who) return null;
  if (!row.other) {
    const input = { offer: row.offer_id, places: 2 };
    return { who, mutation: 'openVacancy', inputType: 'NewVacancy', input, as: 'openAnother' };
  }
  const others = await decisionsOf(there, [row.vacancy_id], row.offer_id);
  const decisions = [
    { referral: row.id, decision: 'MOVE', vacancy: row.other },
    ...others.filter((each: any) => each.referral !== row.id),
  ];
  const input = { vacancy: row.vacancy_id, reason: 'SITE_CLOSED', decisions };
  return { who, mutation: 'closeVacancy', inputType: 'VacancyClosing', input };
}

/** Of an offer, by its provider. */
function ofOffer(
  mutation: string,
  inputType: string,
  states: string[],
  more: (there: Departement) => object,
): Doing {
  return async (there) => {
    const offer = await there.one(sql`select * from offer where state = any(${states}) order by id`);
    const who = offer && there.someone('PROVIDER', { of: offer.organisation_id });
    return who ? { who, mutation, inputType, input: { offer: offer.id, ...more(there) } } : null;
  };
}

function ofVacancy(
  mutation: string,
  inputType: string,
  more: (there: Departement, row: any) => Promise<object> | object,
): Doing {
  return async (there) => {
    const vacancy = await there.one(sql`select * from vacancy where state in ('OPEN', 'FILLED') order by id`);
    const who = vacancy && there.someone('PROVIDER', { of: vacancy.organisation_id });
    return who
      ? { who, mutation, inputType, input: { vacancy: vacancy.id, ...(await more(there, vacancy)) } }
      : null;
  };
}

const placesOf = (there: Departement) => (there.random.chance(0.85) ? there.random.pick([1, 1, 1, 2]) : null);

async function replacement(there: Departement): Promise<Trial | null> {
  const leaving = await there.placement('STARTED', 'ENDED');
  const who = leaving && there.someone('PROVIDER', { of: leaving.receiver_id });
  if (!who) return null;
  const input = { offer: leaving.offer_id, places: 1, replacing: leaving.id };
  return { who, mutation: 'openVacancy', inputType: 'NewVacancy', input };
}

async function closeSeries(there: Departement): Promise<Trial | null> {
  const series = await there.one(sql`select * from vacancy_series order by id`);
  const who = series && there.someone('PROVIDER', { of: series.organisation_id });
  if (!who) return null;
  const left = await there.world.rows<any>(
    sql`select id from vacancy where series_id = ${series.id} and state <> 'CLOSED'`,
  );
  const decisions = await decisionsOf(there, left.map(({ id }) => id), series.offer_id);
  const input = { series: series.id, from: there.today, reason: 'SITE_CLOSED', decisions };
  return { who, mutation: 'closeVacancySeries', inputType: 'VacancySeriesClosing', input };
} // prettier-ignore

async function plan(there: Departement): Promise<Trial | null> {
  const row = await there.referral(...open, 'ACCEPTED');
  const who = row && bySide(there, row, 'receiver_id', 'PROVIDER');
  if (!who) return null;
  const at = new Date(Date.parse(there.now) + there.random.int(1, 20) * 86_400_000).toISOString();
  const referrals = [row.id];
  const input = { offer: row.offer_id, kind: 'INDIVIDUAL', way: 'PHONE', minutes: 30, at, referrals };
  return { who, mutation: 'scheduleMeeting', inputType: 'NewMeeting', input };
}

function ofMeeting(
  mutation: string,
  inputType: string,
  more: (there: Departement, meeting: any) => Promise<object | null> | object,
): Doing {
  return async (there) => {
    const meeting = await there.one(sql`select * from meeting where state = 'PLANNED' order by id`);
    const who = meeting && there.someone('PROVIDER', { of: meeting.organisation_id });
    const input = who && (await more(there, meeting));
    return who && input ? { who, mutation, inputType, input: { meeting: meeting.id, ...input } } : null;
  };
}

async function attendanceOf(there: Departement, meeting: any): Promise<object | null> {
  const line = await there.one(
    sql`select * from meeting_attendance where meeting_id = ${meeting.id} and state = 'INVITED' order by id`,
  );
  const outcome = there.random.pick(['HELD', 'HELD', 'NO_SHOW', 'RESCHEDULED']);
  return line && { lines: [{ referral: line.referral_id, outcome }] };
}

async function provide(there: Departement): Promise<Trial | null> {
  const asked = await there.one(sql`select information_request.*, follower_id from information_request
    join referral on referral.id = referral_id where information_request.state = 'OPEN' order by information_request.id`);
  const who = asked && bySide(there, asked, 'follower_id', 'COORDINATOR');
  if (!who) return null;
  const answers = asked.questions.map((question: string) => ({ question, answer: 'RECORDED' }));
  return { who, mutation: 'provideInformation', inputType: 'InformationProviding', input: { referral: asked.referral_id, answers } };
} // prettier-ignore

async function choose(there: Departement): Promise<Trial | null> {
  const row =
    await there.one(sql`select * from referral where state = 'ACCEPTED' and exists (select from referral other
    where other.person_id = referral.person_id and other.id <> referral.id and other.state = 'ACCEPTED') order by id`);
  const who = row && bySide(there, row, 'follower_id', 'COORDINATOR');
  return who
    ? { who, mutation: 'chooseAcceptance', inputType: 'AcceptanceChoice', input: { keep: row.id } }
    : null;
}

async function undoStart(there: Departement): Promise<Trial | null> {
  const row = await there.one(
    sql`select * from placement where state <> 'ENDED' and created_at > app.clock() - interval '20 days' order by id`,
  );
  const who = row && bySide(there, row, 'receiver_id', 'PROVIDER');
  return who ? { who, mutation: 'undoStart', inputType: 'StartUndoing', input: { placement: row.id } } : null;
}

async function enterDirectly(there: Departement): Promise<Trial | null> {
  const offer = await there.one(sql`select * from offer where state = 'PUBLISHED' order by id`);
  const who = offer && there.someone('PROVIDER', { of: offer.organisation_id });
  const person =
    offer && (await there.one(sql`select * from person where registered_by = ${offer.organisation_id} order by id`));
  if (!who || !person) return null;
  const vacancy = await there.one(sql`select * from vacancy where offer_id = ${offer.id} and state = 'OPEN' order by id`);
  const where = vacancy ? { vacancy: vacancy.id } : { offer: offer.id };
  const input = { person: person.id, ...where, origin: 'SPONTANEOUS', startedOn: there.today, contract: dated(there), ...agreement(there) };
  return { who, mutation: 'recordDirectPlacement', inputType: 'DirectPlacement', input };
} // prettier-ignore

/** Somebody new: registered by who follows people, or by a provider that will take them in itself. */
async function register(there: Departement): Promise<Trial | null> {
  const who = there.someone('COORDINATOR');
  const provides = ['ASSOCIATION', 'INSERTION'].some((kind) => who?.partner.name.startsWith(kind));
  const legalBasis = provides ? 'CONSENT' : 'PUBLIC_INTEREST';
  // whoever employs follows nobody as their referent here: what the law then closes is told elsewhere (test/people)
  const referent = !provides && there.random.chance(0.5) ? { referent: {} } : {};
  const input = newPerson({ legalBasis, ...referent });
  return who && { who, mutation: 'registerPerson', inputType: 'NewPerson', input };
}

async function handOver(there: Departement): Promise<Trial | null> {
  const person = await there.one(sql`select person.*, coalesce((select organisation_id from referent
      where person_id = person.id and until is null), registered_by) as follower from person order by id`);
  const who = person && there.someone('COORDINATOR', { of: person.follower });
  const to = there.someone('COORDINATOR', { kinds: ['PLIE', 'EMPLOYMENT_SERVICE'] });
  if (!who || !to) return null;
  const input = { person: person.id, organisation: to.partner.id, legalBasis: 'PUBLIC_INTEREST' };
  return { who, mutation: 'assignReferent', inputType: 'ReferentAssignment', input };
}

/** A member leaves; at most a few, so that somebody is left to act. */
async function suspendMember(there: Departement): Promise<Trial | null> {
  const gone = there.random.pick(there.actors);
  const who = there.someone('MANAGER', { of: gone.partner.id });
  const left = there.actors.filter((each) => each.role === gone.role && each.partner === gone.partner && !each.suspended);
  if (!who || gone.role === 'MANAGER' || gone.suspended || left.length < 2) return null;
  gone.suspended = true;
  return { who, mutation: 'suspendMember', inputType: 'MemberSuspension', input: { member: gone.client.memberId } };
} // prettier-ignore

/**
 * Towards a full house, a list that waits for it, a place that comes back and whoever it is offered to: one step each time.
 * Chance alone, among so many vacancies, hardly ever does the four of them on one.
 */
async function scarce(there: Departement): Promise<Trial | null> {
  const offered = await there.one(sql`select * from referral where state = 'WAITLISTED' and holds_place order by id`);
  if (offered && there.random.chance(0.8)) return named(there, there.random.pick(['skip', 'skip', 'acceptReserved']));
  const steps = [['freeAPlace', 0.8], ['oneMorePlace', 0.5], ['waitForAPlace', 1], ['sendToAFullHouse', 0.7], ['fillUp', 1]] as const;
  for (const [name, chance] of steps) {
    const trial = there.random.chance(chance) ? await named(there, name) : null;
    if (trial) return trial;
  }
  return null;
} // prettier-ignore

async function named(there: Departement, name: string): Promise<Trial | null> {
  const trial = await doings[name]!.doing(there);
  return trial && { ...trial, as: name };
}

/** Who left comes back: what was theirs is theirs again. */
async function memberReturns(there: Departement): Promise<Trial | null> {
  const gone = there.actors.filter(({ suspended }) => suspended);
  const back = gone.length ? there.random.pick(gone) : null;
  const who = back && there.someone('MANAGER', { of: back.partner.id });
  if (!who) return null;
  back.suspended = false;
  const input = { member: back.client.memberId, reactivate: true };
  return { who, mutation: 'updateMember', inputType: 'MemberUpdate', input };
}

/** A morning's post: several referrals answered at once, each line by itself. */
async function answerMany(there: Departement): Promise<Trial | null> {
  const { receiver_id: of } = (await there.referral(...open)) ?? {};
  const who = of && there.someone('PROVIDER', { of });
  if (!who) return null;
  const rows = await there.world.rows<any>(sql`select id from referral
    where receiver_id = ${of} and state = any(${open}) order by id limit 4`);
  const lines = rows.map(({ id: referral }) => {
    const move = there.random.pick(['ACKNOWLEDGE', 'ACCEPT', 'WAITLIST', 'DECLINE']);
    return { referral, move, ...(move === 'DECLINE' && reasonOf(DeclineReason)(there)) };
  });
  return { who, mutation: 'answerReferrals', inputType: 'ReferralAnswers', input: { lines } };
}

async function followed(there: Departement): Promise<{ who: Actor; person: string } | null> {
  const person = await there.one(sql`select person.*, coalesce((select organisation_id from referent
      where person_id = person.id and until is null), registered_by) as follower from person where erased_at is null order by id`);
  const who = person && there.someone('COORDINATOR', { of: person.follower });
  return who ? { who, person: person.id } : null;
}

async function grant(there: Departement): Promise<Trial | null> {
  const asked = await followed(there);
  const to = there.someone('PROVIDER');
  if (!asked || !to) return null;
  const from = there.random.int(0, 10);
  const term = { from: there.day(from), until: there.day(from + there.random.int(1, 120)) };
  const shared = { categories: ['IDENTITY', 'CONTACT'], purpose: 'PREPARE_REFERRAL', legalBasis: 'CONSENT' };
  const input = { person: asked.person, organisation: to.partner.id, ...shared, ...term };
  return { who: asked.who, mutation: 'grantSharing', inputType: 'NewSharing', input };
}

async function endGrant(there: Departement): Promise<Trial | null> {
  const given = await there.one(sql`select * from sharing_grant where ended_at is null order by id`);
  const who = given && there.someone('COORDINATOR', { of: given.granted_by });
  const input = { grant: given?.id, reason: 'NO_LONGER_NEEDED' };
  return who ? { who, mutation: 'endSharing', inputType: 'SharingEnding', input } : null;
}

/** The person says stop to an organisation: whatever rests on that word ends. */
async function personStops(there: Departement): Promise<Trial | null> {
  const row = await there.referral(...open, 'ACCEPTED');
  const who = row && there.someone('COORDINATOR', { of: row.follower_id });
  const input = { person: row?.person_id, organisation: row?.receiver_id, reason: 'PERSON_REQUEST' };
  return who ? { who, mutation: 'endSharing', inputType: 'SharingEnding', input } : null;
}

async function erase(there: Departement): Promise<Trial | null> {
  const person = await there.one(sql`select * from person where erased_at is null order by id`);
  const who = there.someone('MANAGER', { of: there.council.id });
  if (!who || !person) return null;
  const input = { person: person.id, reason: 'PERSON_REQUEST', confirm: person.reference };
  return { who, mutation: 'erasePerson', inputType: 'PersonErasure', input };
}

async function declareClosure(there: Departement): Promise<Trial | null> {
  const who = there.someone('PROVIDER');
  const from = there.random.int(0, 30);
  const input = { from: there.day(from), to: there.day(from + there.random.int(1, 30)), reason: 'HOLIDAYS' };
  return who && { who, mutation: 'declareClosure', inputType: 'NewClosure', input };
}

async function cancelClosure(there: Departement): Promise<Trial | null> {
  const closure = await there.one(sql`select * from closure where cancelled_at is null order by id`);
  const who = closure && there.someone('PROVIDER', { of: closure.organisation_id });
  return who ? { who, mutation: 'cancelClosure', inputType: 'ClosureCancelling', input: { closure: closure.id } } : null;
} // prettier-ignore

async function openOffer(there: Departement): Promise<Trial | null> {
  const offer = await there.one(sql`select * from offer where state = 'DRAFT' order by id`);
  const who = there.someone('PROVIDER', offer ? { of: offer.organisation_id } : {});
  if (!who) return null;
  if (offer) return { who, mutation: 'publishOffer', inputType: 'OfferMove', input: { offer: offer.id } };
  const input = { kind: 'DIGITAL', title: 'Atelier du numérique' };
  return { who, mutation: 'draftOffer', inputType: 'NewOffer', input };
}

const toJob = (there: Departement) => ({
  kind: 'JOB',
  contract: 'PERMANENT',
  weeklyHours: 35,
  from: there.today,
});
const outcome = (there: Departement) =>
  there.random.pick<object>([
    { kind: 'NOT_YET_KNOWN' },
    { kind: 'UNEMPLOYED' },
    { kind: 'UNKNOWN' },
    toJob(there),
  ]);

interface Chance {
  weight: number;
  doing: Doing;
}
const likely = (weight: number, doing: Doing): Chance => ({ weight, doing });

/** All that happens in a year, and how often. */
export const doings: Record<string, Chance> = {
  register: likely(3, register),
  handOver: likely(2, handOver),
  refer: likely(30, refer),
  send: likely(4, move('sendReferral', 'follower_id', ['DRAFT'], (there) => ({ ...agreement(there), ...despite(there) }))),
  acknowledge: likely(12, move('acknowledgeReferral', 'receiver_id', ['SENT'])),
  accept: likely(20, move('acceptReferral', 'receiver_id', open)),
  acceptLate: likely(3, move('acceptReferral', 'receiver_id', ['EXPIRED', 'LAPSED'])),
  acceptReserved: likely(7, async (there) => {
    const row = await there.one(sql`select * from referral where state = 'WAITLISTED' and holds_place order by id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    return who ? { who, mutation: 'acceptReferral', inputType: 'ReferralAcceptance', input: { referral: row.id } } : null;
  }),
  skip: likely(9, async (there) => {
    const row = await there.one(sql`select * from referral where state = 'WAITLISTED' and holds_place order by id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    const input = { referral: row?.id, ...reasonOf(SkipReason)(there) };
    return who ? { who, mutation: 'skipWaitlistedReferral', inputType: 'PlaceSkipping', input } : null;
  }),
  waitlist: likely(8, move('waitlistReferral', 'receiver_id', [...unanswered, ...unanswered, 'EXPIRED'])),
  // chance alone seldom meets a full house, a list that waits for it and a place that comes back
  waitForAPlace: likely(14, async (there) => {
    const row = await there.one(sql`select referral.* from referral join vacancy on vacancy.id = vacancy_id
      where referral.state in ('SENT', 'ACKNOWLEDGED') and vacancy.state = 'FILLED' order by referral.id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    return who ? { who, mutation: 'waitlistReferral', inputType: 'ReferralWaitlisting', input: { referral: row.id } } : null;
  }),
  freeAPlace: likely(9, async (there) => {
    const row = await there.one(sql`select * from referral where state = 'ACCEPTED' and exists (select from referral other
      where other.vacancy_id = referral.vacancy_id and other.state = 'WAITLISTED') order by id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    const input = { referral: row?.id, reason: 'DID_NOT_START' };
    return who ? { who, mutation: 'cancelAcceptance', inputType: 'AcceptanceCancellation', input } : null;
  }),
  oneMorePlace: likely(1, async (there) => {
    const vacancy = await there.one(sql`select * from vacancy where state = 'FILLED' and exists (select from referral
      where vacancy_id = vacancy.id and state = 'WAITLISTED' and not holds_place) order by id`);
    const who = vacancy && there.someone('PROVIDER', { of: vacancy.organisation_id });
    return who ? { who, mutation: 'updateVacancy', inputType: 'VacancyUpdate', input: { vacancy: vacancy.id, places: vacancy.places + 1 } } : null;
  }),
  sendToAFullHouse: likely(1, async (there) => {
    const full = await there.one(sql`select vacancy.* from vacancy join offer on offer.id = offer_id
      where vacancy.state = 'FILLED' and offer.state = 'PUBLISHED' order by vacancy.id`);
    const asked = full && (await followed(there));
    if (!asked) return null;
    const input = { person: asked.person, vacancy: full.id, send: true, ...agreement(there), ...despite(there) };
    return { who: asked.who, mutation: 'referPerson', inputType: 'NewReferral', input };
  }),
  fillUp: likely(1, async (there) => {
    const row = await there.one(sql`select referral.* from referral join vacancy on vacancy.id = vacancy_id
      where referral.state in ('SENT', 'ACKNOWLEDGED') and vacancy.state = 'OPEN' and places is not null order by referral.id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    return who ? { who, mutation: 'acceptReferral', inputType: 'ReferralAcceptance', input: { referral: row.id } } : null;
  }),
  scarce: likely(55, scarce),
  decline: likely(5, move('declineReferral', 'receiver_id', [...open, 'EXPIRED'], reasonOf(DeclineReason))),
  bind: likely(5, move('bindReferral', 'receiver_id', open, boundTo)),
  bindBySender: likely(2, move('bindReferral', 'follower_id', ['SENT'], boundTo)),
  withdraw: likely(4, move('withdrawReferral', 'follower_id', ['DRAFT', ...open], reasonOf(WithdrawReason))),
  reroute: likely(5, async (there) => {
    const row = await there.referral(...open, ...closed);
    const who = row && bySide(there, row, 'follower_id', 'COORDINATOR');
    const where = await somewhere(there);
    if (!who || !where) return null;
    const input = { referral: row.id, ...where, ...agreement(there), ...despite(there) };
    return { who, mutation: 'rerouteReferral', inputType: 'ReferralRerouting', input };
  }),
  cancelAcceptance: likely(3, move('cancelAcceptance', 'receiver_id', ['ACCEPTED'], reasonOf(AcceptanceCancellationReason))),
  requestCancellation: likely(6, move('requestReferralCancellation', 'follower_id', ['ACCEPTED'], reasonOf(WithdrawReason))),
  confirm: likely(2, move('confirmReferralCancellation', 'receiver_id', ['CANCELLATION_REQUESTED'])),
  keep: likely(3, move('keepReferral', 'follower_id', ['CANCELLATION_REQUESTED'])),
  choose: likely(4, choose),
  reinstate: likely(4, async (there) => {
    const row = await there.one(sql`select * from referral where reason = 'STARTED_ELSEWHERE' order by id`);
    const who = row && bySide(there, row, 'follower_id', 'COORDINATOR');
    return who ? { who, mutation: 'reinstateReferral', inputType: 'ReferralReinstatement', input: { referral: row.id } } : null;
  }),
  reconfirm: likely(6, move('reconfirmWait', 'follower_id', ['WAITLISTED'])),
  ask: likely(4, move('requestInformation', 'receiver_id', unanswered, () => ({ questions: ['AVAILABILITY'] }))),
  provide: likely(3, provide),
  askNoMore: likely(1, async (there) => {
    const row = await there.one(sql`select * from information_request where state = 'OPEN' order by id`);
    const who = row && there.someone('PROVIDER', { of: row.receiver_id });
    return who ? { who, mutation: 'withdrawInformationRequest', inputType: 'InformationRequestWithdrawal', input: { referral: row.referral_id } } : null;
  }),
  plan: likely(6, plan),
  record: likely(5, ofMeeting('recordMeeting', 'MeetingRecord', attendanceOf)),
  moveMeeting: likely(2, ofMeeting('moveMeeting', 'MeetingMove', (there) => ({
    at: new Date(Date.parse(there.now) + there.random.int(1, 30) * 86_400_000).toISOString(),
  }))),
  cancelMeeting: likely(1, ofMeeting('cancelMeeting', 'MeetingCancellation', () => ({ reason: 'STAFF_ABSENT' }))),
  start: likely(16, async (there) => {
    const row = await there.referral('ACCEPTED', 'ACCEPTED', 'CANCELLATION_REQUESTED');
    const who = row && bySide(there, row, 'receiver_id', 'PROVIDER');
    if (!who) return null;
    const overlap = there.random.chance(0.5) ? { overlapReason: 'SEVERAL_EMPLOYERS' } : {};
    const input = { referral: row.id, startedOn: there.day(-there.random.int(0, 10)), contract: dated(there), ...overlap };
    return { who, mutation: 'startPlacement', inputType: 'PlacementStart', input };
  }),
  undoStart: likely(3, undoStart),
  enterDirectly: likely(3, enterDirectly),
  end: likely(8, ofPlacement('endPlacement', 'PlacementEnd', ['STARTED', 'SUSPENDED'], (there) => ({
    endedOn: there.day(-there.random.int(0, 5)),
    endReason: there.random.pick(['TRIAL_PERIOD', 'END_OF_CONTRACT', 'RESIGNATION', 'ABANDONED', 'SITE_CLOSED']),
    outcome: outcome(there),
  }))),
  renew: likely(3, ofPlacement('renewContract', 'ContractRenewal', ['STARTED'], (there, row) => ({
    contract: { ...contractOf(there), kind: 'FIXED_TERM_I', from: row.contract_ends_on ?? there.today, to: there.day(260) },
  }))),
  suspend: likely(2, ofPlacement('suspendPlacement', 'PlacementSuspension', ['STARTED'], (there) => ({ kind: 'TRIAL_PERIOD', from: there.today }))),
  resume: likely(2, ofPlacement('resumePlacement', 'PlacementResumption', ['SUSPENDED'], () => ({}))),
  correct: likely(3, ofPlacement('correctPlacement', 'PlacementCorrection', ['ENDED'], (there) => ({ reason: 'NOW_KNOWN', outcome: toJob(there) }))),
  followUp: likely(3, ofPlacement('recordFollowUp', 'FollowUpRecord', ['ENDED'], (there) => ({
    ...{ months: there.random.pick([1, 3, 6]), situation: 'SAME_JOB', on: there.today },
  }))),
  openVacancy: likely(4, ofOffer('openVacancy', 'NewVacancy', ['PUBLISHED'], (there) => ({
    places: placesOf(there),
    ...(there.random.chance(0.5) && { startsOn: there.day(there.random.int(0, 40)) }),
  }))),
  openReplacement: likely(2, replacement),
  openSeries: likely(0.5, ofOffer('openVacancySeries', 'NewVacancySeries', ['PUBLISHED'], (there) => ({
    ...{ dates: [there.day(10), there.day(17), there.day(24)], places: placesOf(there) },
  }))),
  changePlaces: likely(4, ofVacancy('updateVacancy', 'VacancyUpdate', (there) => ({ places: there.random.int(0, 4) }))),
  closeVacancy: likely(4, ofVacancy('closeVacancy', 'VacancyClosing', async (there, { id, offer_id: offer }) => ({
    ...{ reason: 'SITE_CLOSED', decisions: await decisionsOf(there, [id], offer) },
  }))),
  closeAndMove: likely(20, closeAndMove),
  closeSeries: likely(0.5, closeSeries),
  suspendOffer: likely(3, ofOffer('suspendOffer', 'OfferSuspension', ['PUBLISHED'], (there) =>
    there.random.chance(0.5) ? { until: there.day(there.random.int(1, 40)) } : {})),
  resumeOffer: likely(6, ofOffer('publishOffer', 'OfferMove', ['SUSPENDED'], () => ({}))),
  archiveOffer: likely(0.5, ofOffer('archiveOffer', 'OfferMove', ['PUBLISHED', 'SUSPENDED'], () => ({}))),
  openOffer: likely(1, openOffer),
  declareClosure: likely(3, declareClosure),
  cancelClosure: likely(1, cancelClosure),
  suspendMember: likely(1, suspendMember),
  memberReturns: likely(1, memberReturns),
  answerMany: likely(6, answerMany),
  grant: likely(4, grant),
  endGrant: likely(2, endGrant),
  personStops: likely(1, personStops),
  erase: likely(1.5, erase),
}; // prettier-ignore
