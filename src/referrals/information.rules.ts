import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** What a provider may ask before it answers: what a verdict left unknown, or a document. Never a free question. */
export const InformationQuestion = vocabulary({
  PUBLIC: 'Whether the person is of one of the publics the offer is for (public)',
  WEEKLY_HOURS: 'How many hours a week the person can work (durée hebdomadaire)',
  AVAILABILITY: 'From when, and when in the week, the person is free (disponibilité)',
  TRAVEL: 'How the person gets there (déplacement)',
  LICENCE: 'Which driving licences the person holds (permis)',
  FRENCH: 'How well the person speaks and reads French (niveau de français)',
  SKILLS: 'What the person can do, or has done (compétences)',
  ELIGIBILITY: 'Whether a pass or a diagnosis makes the person eligible (éligibilité)',
  DOCUMENT_CV: 'A curriculum vitae (CV)',
  DOCUMENT_ELIGIBILITY: 'The attestation of a pass or diagnosis (attestation)',
  DOCUMENT_CERTIFICATE: 'A licence, diploma or certificate (titre, diplôme)',
});
export type InformationQuestion = Vocabulary<typeof InformationQuestion>;

/** How it was answered; what the answer is goes through its own door, and opens to whom it may. */
export const InformationAnswer = vocabulary({
  RECORDED: 'It now stands in the person’s record, and opens from there to whom it may (au dossier)',
  TOLD: 'Told by telephone, by mail or face to face (dit de vive voix)',
  DOCUMENT_GIVEN: 'The document was handed over, outside the hub (document remis)',
  NOT_KNOWN: 'The person does not know, or has no such document (non connu)',
  NOT_SHARED: 'Not for the provider to know, or the person does not wish it told (non communiqué)',
});
export type InformationAnswer = Vocabulary<typeof InformationAnswer>;

export const InformationState = vocabulary({
  OPEN: 'The sender has not answered yet; the clock stands still until its due date (en attente)',
  GIVEN: 'The sender answered (répondu)',
  WITHDRAWN: 'The provider no longer asks (retirée)',
  CLOSED: 'The referral was answered or ended meanwhile (close)',
});
export type InformationState = Vocabulary<typeof InformationState>;

export interface AnsweredQuestion {
  question: InformationQuestion;
  answer: InformationAnswer;
}

/** Asking stops the clock: more often would be a way never to answer. */
export const mostRequests = 3;

export function checkAsking(
  before: readonly { state: InformationState }[],
  questions: readonly string[],
): void {
  if (before.some(({ state }) => state === 'OPEN'))
    throw new Refusal('WRONG_STATE', { state: 'OPEN', reason: 'ALREADY_ASKED' });
  if (before.length >= mostRequests)
    throw new Refusal('WRONG_STATE', { reason: 'ASKED_ENOUGH', most: mostRequests });
  if (questions.length === 0) throw invalid('questions', 'REQUIRED');
  checkOnce(questions, (at) => `questions.${at}`);
}

/** Each question has its answer, and nothing else is answered. */
export function checkAnswers(asked: readonly string[], answers: readonly AnsweredQuestion[]): void {
  const answered = answers.map(({ question }) => question as string);
  checkOnce(answered, (at) => `answers.${at}.question`);
  const stray = answered.findIndex((question) => !asked.includes(question));
  if (stray >= 0) throw invalid(`answers.${stray}.question`, 'NOT_ASKED');
  if (asked.some((question) => !answered.includes(question))) throw invalid('answers', 'REQUIRED');
}

function checkOnce(codes: readonly string[], field: (at: number) => string): void {
  const twice = codes.findIndex((code, at) => codes.indexOf(code) < at);
  if (twice >= 0) throw invalid(field(twice), 'TWICE');
}
