import { meaningsOf, type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** What a member may give as the reason; the hub has `RETENTION` beside. */
export const ErasureGround = vocabulary({
  PERSON_REQUEST: 'The person asked for it (droit à l’effacement, RGPD art. 17)',
  CONSENT_WITHDRAWN: 'The person took back the consent it rested on (retrait du consentement)',
  MISTAKE: 'The person should never have been registered (enregistrement par erreur)',
  DECEASED: 'The person has died (décès)',
});
export type ErasureGround = Vocabulary<typeof ErasureGround>;

const byTheHub = { RETENTION: 'The time for which the law lets it be kept is over (durée de conservation)' };
export type ErasureReason = ErasureGround | keyof typeof byTheHub;
export const ErasureReason = vocabulary({
  ...(meaningsOf(ErasureGround) as Record<ErasureGround, string>),
  ...byTheHub,
});

/** What is typed again, as on the telephone: with or without its dash, in capitals or not. */
export function isReference(typed: string, reference: string): boolean {
  const bare = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();
  return bare(typed) === bare(reference);
}
