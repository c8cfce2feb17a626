import type { Said, Words } from './words.rules.ts';

const to = ({ offer }: Said) => (offer ? ` to “${offer}”` : '');
const at = ({ offer }: Said) => (offer ? ` for “${offer}”` : '');
const before = ({ before: day }: Said) => (day ? ` before ${day}` : '');

export const english: Words = {
  hello: 'Hello,',
  subject: {
    REFERRAL_TO_ANSWER: (said) => `A referral awaits your answer${before(said)}`,
    REMINDER: (said) => `Reminder: a referral awaits your answer${before(said)}`,
    ESCALATION: (said) => `A referral is still unanswered: to be dealt with${before(said)}`,
    EXPIRING: (said) => `A referral is about to remain unanswered${before(said)}`,
    WAIT_ENDING: (said) => `A wait is to be confirmed${before(said)}`,
    ANSWER_RECEIVED: () => 'A referral was answered',
    REFERRAL_ENDED: () => 'A referral is closed',
    PLACE_OFFERED: (said) => `A place is free: to be confirmed${before(said)}`,
    CANCELLATION_REQUESTED: () => 'You are asked to cancel an acceptance',
    ACCEPTANCE_KEPT: () => 'An acceptance is kept',
    INFORMATION_ASKED: () => 'You are asked for information',
    INFORMATION_GIVEN: () => 'The information you asked for has come',
    MEETING: () => 'A meeting is planned or has changed',
    PLACEMENT_STARTED: () => 'A placement has started',
    PLACEMENT_ENDED: () => 'A placement has ended',
    OUTCOME_DUE: () => 'An outcome is to be recorded',
    FOLLOW_UP_DUE: () => 'A follow-up is due',
    GRANT_ENDED: () => 'A sharing grant has ended',
    GLASS_BROKEN: () => 'A record was opened in an emergency',
    RETENTION_NOTICE: () => 'A record without activity is to be erased in a month',
    ENDPOINT_STOPPED: () => 'A webhook of your tools has stopped',
    RECORDS_TO_COMPARE: () => 'Two records are to be compared',
  },
  sentence: {
    REFERRAL_TO_ANSWER: (said) => `A referral${to(said)} awaits your answer${before(said)}.`,
    REMINDER: (said) => `Half the time has passed: a referral${to(said)} awaits your answer${before(said)}.`,
    ESCALATION: (said) =>
      `A referral${to(said)} has had no answer of your organisation yet; one is awaited${before(said)}.`,
    EXPIRING: (said) => `A referral you sent${to(said)} has no answer; its time ends${before(said)}.`,
    WAIT_ENDING: (said) => `A referral you sent${to(said)} is on the waiting list: confirm the wait${before(said)}.`,
    ANSWER_RECEIVED: (said) => `A referral you sent${to(said)} was answered.`,
    REFERRAL_ENDED: (said) => `A referral${to(said)} is closed.`,
    PLACE_OFFERED: (said) => `A place is free${at(said)}: it is reserved for the first of the waiting list${before(said)}.`,
    CANCELLATION_REQUESTED: (said) => `You are asked to cancel an acceptance${at(said)}${before(said)}.`,
    ACCEPTANCE_KEPT: (said) => `The request to cancel is taken back${at(said)}: the acceptance is kept.`,
    INFORMATION_ASKED: (said) => `You are asked for information to answer a referral${to(said)}.`,
    INFORMATION_GIVEN: (said) =>
      `The information you asked for on a referral${to(said)} has come: your answer is awaited${before(said)}.`,
    MEETING: (said) => `A meeting was planned, moved or cancelled${at(said)}.`,
    PLACEMENT_STARTED: (said) => `A placement has started${at(said)}.`,
    PLACEMENT_ENDED: (said) => `A placement has ended${at(said)}.`,
    OUTCOME_DUE: (said) => `The outcome of an ended placement is to be recorded${at(said)}.`,
    FOLLOW_UP_DUE: (said) => `A follow-up after a placement is due${at(said)}.`,
    GRANT_ENDED: () => 'A sharing grant that your organisation knows has ended.',
    GLASS_BROKEN: () => 'A record your organisation follows was opened in an emergency, for three hours.',
    RETENTION_NOTICE: () =>
      'A record your organisation follows has had no activity: it is erased in a month unless somebody acts.',
    ENDPOINT_STOPPED: () =>
      'A tool of your organisation is no longer told what happens: its webhook has stopped. A manager can start it again.',
    RECORDS_TO_COMPARE: () => 'Two records seem to be one: your organisation is asked to compare them.',
  },
  others: 'The nearest open places:',
  open: 'Open:',
  more: (count) => `And ${count} more, to be seen in the hub.`,
  openHub: 'The hub:',
  linkLasts: 'This link is yours alone, for 72 hours, and once; any answer ends it.',
  digestSubject: (count) => `Passerelle: ${count} ${count > 1 ? 'news items' : 'news item'}`,
  digest: 'Since your last summary:',
  foot: 'This message holds nothing about a person. Please write nothing of the kind in an answer.',
  preferences: 'Choose the messages you get:',
  stop: 'Stop this summary:',
  codeSubject: 'Your one-time code',
  code: (code) => `Your code is ${code}.`,
  codeLasts: 'It lasts ten minutes. If you asked for nothing, give it to nobody and ignore this message.',
}; // prettier-ignore
