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
  JUSTICE:
    'Leaving prison or under a court’s order (justice), and with it the other criteria the law protects: child welfare, asylum, homelessness',
});
export type Category = Vocabulary<typeof Category>;

export const AccessReason = vocabulary({
  REFERENT: 'Your organisation is the person’s referent (référent)',
  REGISTRAR: 'Your organisation registered the person, and no referent elsewhere is named',
  PROGRAMME: 'Your organisation runs the programme (conseil départemental)',
  PLACEMENT: 'The person has, or had, a placement with your organisation',
  REFERRAL: 'Your organisation sent or received a referral of the person',
  LINK: 'Your organisation is asked whether the person is one it follows, registered twice (doublon à confirmer)',
  SAME_PERSON:
    'The record is of a person whose referent is your organisation, registered twice (doublon confirmé)',
  GRANT: 'A sharing grant opens it to your organisation (accord de partage)',
  BREAK_GLASS: 'A member of your organisation opened it for a stated emergency (bris de glace)',
});
export type AccessReason = Vocabulary<typeof AccessReason>;

export const NotOpen = vocabulary({
  NOT_NEEDED: 'Not open: what your organisation does for the person does not need it (non nécessaire)',
  CLOSED_BY_LAW:
    'Not open: the law closes it to organisations like yours, whatever anybody grants (fermé par la loi)',
  AT_ACKNOWLEDGEMENT:
    'Not open yet: it opens when a named member takes charge of the referral (à la prise en charge)',
  AT_MEETING:
    'Not open yet: it opens at the first meeting, which goes through the sender (au premier rendez-vous)',
  AT_ACCEPTANCE: 'Not open yet: the sender asked for more care, it opens when you accept (à l’acceptation)',
});
export type NotOpen = Vocabulary<typeof NotOpen>;

/** Reasons that make an organisation follow a person: it may also write what it sees. */
export const following: readonly AccessReason[] = ['REFERENT', 'REGISTRAR', 'PROGRAMME'];

/** Reasons that tell of another record of the person: for who decides of the link, and the council. */
export const ofLinks: readonly AccessReason[] = ['LINK', 'SAME_PERSON'];
