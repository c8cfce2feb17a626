import type { NoteCategory } from '../referrals/note.rules.ts';
import type { ReferralNoteRow } from '../referrals/note.row.ts';
import type { Ground } from './ground.ts';
import type { Told } from './referral.rows.ts';
import { iso } from './timeline.ts';

const said: readonly [NoteCategory, string][] = [
  ['PRACTICAL', 'Se présenter à l’accueil à 9 h avec une pièce d’identité.'],
  ['PRACTICAL', 'Prévoir des chaussures de sécurité, l’équipement est prêté sur place.'],
  ['AVAILABILITY', 'Joignable plutôt le matin avant 11 h.'],
  ['AVAILABILITY', 'Disponible à partir du lundi suivant, sauf le mercredi.'],
  ['TRAVEL', 'Vient en bus, la ligne s’arrête à cinq minutes du site.'],
  ['TRAVEL', 'Covoiturage possible avec un salarié de l’équipe.'],
  ['SKILLS', 'A déjà travaillé deux saisons dans un emploi proche.'],
  ['SKILLS', 'Souhaite apprendre, peu d’expérience dans ce métier.'],
  ['FOLLOW_UP', 'Point prévu dans un mois avec la référente.'],
  ['FOLLOW_UP', 'Premier entretien fait, réponse avant la fin de la semaine.'],
  ['OTHER', 'Dossier complet transmis par la personne.'],
];

/** Some referrals carry a line or two from either side. */
export function notesOf({ time, random }: Ground, { tale, row }: Told): ReferralNoteRow[] {
  if (!row.acknowledgedAt || !random.chance(0.22)) return [];
  return Array.from({ length: random.int(1, 2) }, (_, nth) => {
    const fromSender = nth === 0;
    const [category, text] = random.pick(said);
    const at = Math.min(time.now, Date.parse(row.acknowledgedAt!) + (nth + 1) * 3_600_000);
    return {
      id: time.id('ReferralNote', at),
      referralId: row.id,
      personId: row.personId,
      senderId: row.senderId,
      receiverId: row.receiverId,
      organisationId: fromSender ? row.senderId : tale.offer.provider.id,
      memberId: fromSender ? row.senderMemberId : row.acknowledgedBy,
      category,
      text,
      createdAt: iso(at),
    };
  });
}
