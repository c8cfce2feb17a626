import type { OrganisationKind } from '../partners/organisation.rules.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const Category = vocabulary({
  CORE: 'Reference, age band, territory and the action sought',
  IDENTITY: 'Names and date of birth (identité)',
  CONTACT: 'Telephone, e-mail, address and commune (coordonnées)',
  NEEDS: 'Needs and barriers (besoins, freins)',
  PROFILE: 'Trades wished and refused, skills, licences, availability, work constraints (profil)',
  PATHWAY: 'The referent and the pathway (référent, parcours)',
  ENTITLEMENTS: 'Rights to the minimum income (droits)',
  HEALTH: 'Health and disability (santé, handicap)',
  JUSTICE: 'Leaving prison, or under a court’s order (justice)',
});
export type Category = Vocabulary<typeof Category>;

export const AccessReason = vocabulary({
  REFERENT: 'Your organisation is the person’s referent (référent)',
  REGISTRAR: 'Your organisation registered the person, and no referent elsewhere is named',
  PROGRAMME: 'Your organisation runs the programme (conseil départemental)',
  PLACEMENT: 'The person has, or had, a placement with your organisation',
  REFERRAL: 'Your organisation sent or received a referral of the person',
  GRANT: 'A sharing grant opens it to your organisation (accord de partage)',
  BREAK_GLASS: 'A member of your organisation opened it for a stated emergency (bris de glace)',
});
export type AccessReason = Vocabulary<typeof AccessReason>;

/** Reasons that make an organisation follow a person: it may also write what it sees. */
export const following: readonly AccessReason[] = ['REFERENT', 'REGISTRAR', 'PROGRAMME'];

const special: readonly Category[] = ['HEALTH', 'JUSTICE'];
const everything = Object.values(Category).filter((category) => !special.includes(category));
const withoutRights = everything.filter((category) => category !== 'ENTITLEMENTS');

/** What following a person opens. Who registered needs no rights to the minimum income; nor does an employer. */
export function openedTo(reason: AccessReason, kind: OrganisationKind | string): readonly Category[] {
  if (reason === 'REGISTRAR' || kind === 'INSERTION_ENTERPRISE') return withoutRights;
  return everything;
}
