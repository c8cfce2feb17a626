import { businessTime } from '../kernel/calendar.ts';
import { keptUntil, startedClock } from '../referrals/clock.rules.ts';
import { openToReceiver, openToSender } from '../referrals/disclosure.rules.ts';
import { entering, isLate } from '../referrals/entering.rules.ts';
import type { ReferralMoveRow } from '../referrals/move.row.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { decide, type ReferralState } from '../referrals/referral.rules.ts';
import type { Rights } from './access.ts';
import type { Ground } from './ground.ts';
import type { DemoMember, Partner, Partners } from './organisations.ts';
import type { Step, Tale } from './tale.ts';
import { iso } from './timeline.ts';

/** A tale as rows: its referral, its history, and what it opened of its person, by the rules of the referrals. */
export interface Told {
  tale: Tale;
  row: ReferralRow;
  moves: ReferralMoveRow[];
}

/** Everything a tale needs to be told by the same rules that a living referral follows. */
export class Telling {
  private readonly byId: Map<string, Partner>;
  private readonly clocks = new Map<number, ReturnType<typeof startedClock>>();

  constructor(
    private readonly ground: Ground,
    private readonly rights: Rights,
    partners: Partners,
  ) {
    this.byId = new Map(partners.all.map((partner) => [partner.id, partner]));
  }

  tell(tale: Tale): Told {
    let row = this.draft(tale);
    const moves: ReferralMoveRow[] = [];
    for (const step of tale.steps) {
      const next = this.move(tale, row, step);
      moves.push(this.line(tale, row, next, step));
      this.shift(row, next, step.at);
      row = next;
    }
    return { tale, row, moves };
  }

  private draft(tale: Tale): ReferralRow {
    const { person, offer, vacancy, created } = tale;
    const { time, random } = this.ground;
    const sender = this.senderOf(tale);
    const at = iso(created);
    const drafted = tale.steps.length === 0;
    return {
      id: time.id('Referral', created),
      personId: person.row.id,
      offerId: offer.row.id,
      vacancyId: vacancy?.row.id ?? null,
      senderId: sender.partner.id,
      senderMemberId: sender.member.id,
      receiverId: offer.provider.id,
      followerId: sender.partner.id,
      state: 'DRAFT',
      origin: 'REFERRAL',
      disclose: random.weighted({ AT_ACKNOWLEDGEMENT: 92, AT_MEETING: 5, AT_ACCEPTANCE: 3 }),
      agreementOn: drafted ? null : time.day(time.offset(created)),
      agreementHow: drafted ? null : random.weighted({ IN_PERSON: 7, PHONE: 2, WRITTEN: 1 }),
      reason: null,
      holdsPlace: false,
      placeOfferedUntil: null,
      placeSkippedAt: null,
      dueAt: drafted ? keptUntil(at) : null,
      acknowledgeDueAt: null,
      answerDueAt: null,
      clockFrom: null,
      delays: null,
      stoppedUntil: null,
      reminderDueAt: null,
      reminders: 0,
      answeredLate: false,
      answerMinutes: null,
      sentAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      metAt: null,
      metBy: null,
      waitlistedAt: null,
      answeredAt: null,
      acceptedAt: null,
      heldFrom: null,
      placedAt: null,
      closedAt: null,
      lastOpenState: null,
      previousId: null,
      nextId: null,
      grantEndedAt: null,
      externalReference: null,
      despiteRefusal: null,
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
  }

  /** Who followed the person on that day sends; the council where nobody was named. */
  private senderOf({ person, created }: Tale): { partner: Partner; member: DemoMember } {
    const day = this.ground.time.day(this.ground.time.offset(created));
    const then = person.referents.findLast(({ since }) => since <= day);
    const partner = then ? this.byId.get(then.organisationId)! : person.referent;
    return { partner, member: partner.members.find(({ id }) => id === then?.memberId) ?? person.member };
  }

  private move(tale: Tale, row: ReferralRow, step: Step): ReferralRow {
    const { at, move, by } = step;
    const reason = step.reason ?? null;
    const now = iso(at);
    const to = decide(row, move, { actors: [by], reason, now }) as ReferralState;
    const place = { commune: tale.offer.row.communeCode, startsOn: tale.vacancy?.row.startsOn ?? null };
    const before = { ...row };
    if (move === 'send') Object.assign(before, this.clock(at), { clockFrom: now, sentAt: now });
    if (move === 'acknowledge') Object.assign(before, { acknowledgedAt: now, acknowledgedBy: this.answerer(tale) });
    if (move === 'accept') before.holdsPlace = tale.vacancy?.row.places != null;
    const entered = entering(before, { move, to, reason, now, place });
    if (entered.answeredAt) before.answerMinutes ??= minutesBetween(before.clockFrom!, now);
    return { ...before, ...entered, version: row.version + 1, updatedAt: now };
  } // prettier-ignore

  /** The same for everything sent on one day. */
  private clock(at: number) {
    const day = this.ground.time.offset(at);
    const known = this.clocks.get(day) ?? startedClock(iso(at), { commune: null, startsOn: null });
    this.clocks.set(day, known);
    return known;
  }

  private answerer({ offer }: Tale): string {
    const able = offer.provider.members.filter(({ roles }) => roles.includes('PROVIDER') || roles.includes('MANAGER'));
    return this.ground.random.pick(able.length ? able : offer.provider.members).id;
  } // prettier-ignore

  private line(tale: Tale, before: ReferralRow, after: ReferralRow, step: Step): ReferralMoveRow {
    const { at, move, by } = step;
    const reason = step.reason ?? null;
    const sender = by === 'SENDER';
    return {
      id: this.ground.time.id('ReferralMove', at),
      referralId: after.id,
      personId: after.personId,
      senderId: after.senderId,
      receiverId: after.receiverId,
      move,
      fromState: before.state,
      toState: after.state,
      reason,
      actorKind: by === 'HUB' ? 'HUB' : 'MEMBER',
      organisationId: by === 'HUB' ? null : sender ? after.senderId : after.receiverId,
      memberId: by === 'HUB' ? null : sender ? after.senderMemberId : (after.acknowledgedBy ?? this.answerer(tale)),
      late: isLate(move, before, iso(at)),
      at: iso(at),
    };
  } // prettier-ignore

  /** Opens and ends what the move changed, as the referrals' own actions do. */
  private shift(before: ReferralRow, after: ReferralRow, at: number): void {
    const sender = { organisationId: after.followerId ?? after.senderId, memberId: after.senderMemberId };
    const receiver = { organisationId: after.receiverId, memberId: after.acknowledgedBy };
    this.rights.shift(after, sender, openToSender(before), openToSender(after), at);
    this.rights.shift(after, receiver, openToReceiver(before), openToReceiver(after), at);
  }
}

/** Business time to an answer that nothing stopped. */
function minutesBetween(from: string, to: string): number {
  return Math.round(businessTime(from, to) / 60_000);
}
