import type { Said, Words } from './words.rules.ts';

const to = ({ offer }: Said) => (offer ? ` vers « ${offer} »` : '');
const at = ({ offer }: Said) => (offer ? ` pour « ${offer} »` : '');
const before = ({ before: day }: Said) => (day ? ` avant le ${day}` : '');

export const french: Words = {
  hello: 'Bonjour,',
  subject: {
    REFERRAL_TO_ANSWER: (said) => `Une orientation attend votre réponse${before(said)}`,
    REMINDER: (said) => `Rappel : une orientation attend votre réponse${before(said)}`,
    ESCALATION: (said) => `Une orientation reste sans réponse : à traiter${before(said)}`,
    EXPIRING: (said) => `Une orientation va rester sans réponse${before(said)}`,
    WAIT_ENDING: (said) => `Une attente est à confirmer${before(said)}`,
    ANSWER_RECEIVED: () => 'Une orientation a reçu une réponse',
    REFERRAL_ENDED: () => 'Une orientation est close',
    PLACE_OFFERED: (said) => `Une place se libère : à confirmer${before(said)}`,
    CANCELLATION_REQUESTED: () => 'L’annulation d’une acceptation est demandée',
    ACCEPTANCE_KEPT: () => 'Une acceptation est maintenue',
    INFORMATION_ASKED: () => 'Des informations vous sont demandées',
    INFORMATION_GIVEN: () => 'Les informations demandées sont arrivées',
    MEETING: () => 'Un rendez-vous est prévu ou a changé',
    PLACEMENT_STARTED: () => 'Un parcours a démarré',
    PLACEMENT_ENDED: () => 'Un parcours est terminé',
    OUTCOME_DUE: () => 'Une sortie est à renseigner',
    FOLLOW_UP_DUE: () => 'Un suivi est à faire',
    ENGAGEMENT_TO_SIGN: () => 'Un contrat d’engagement est à signer',
    REVIEW_DUE: () => 'Un bilan est à faire',
    GRANT_ENDED: () => 'Un partage a pris fin',
    GLASS_BROKEN: () => 'Un accès d’urgence a été ouvert',
    RETENTION_NOTICE: () => 'Un dossier sans activité sera effacé dans un mois',
    ENDPOINT_STOPPED: () => 'Un point d’écoute de vos logiciels est suspendu',
    AGREEMENT: () => 'Une convention a évolué',
    RECORDS_TO_COMPARE: () => 'Deux dossiers sont à comparer',
  },
  sentence: {
    REFERRAL_TO_ANSWER: (said) => `Une orientation${to(said)} attend votre réponse${before(said)}.`,
    REMINDER: (said) =>
      `La moitié du délai est passée : une orientation${to(said)} attend votre réponse${before(said)}.`,
    ESCALATION: (said) =>
      `Une orientation${to(said)} n’a pas encore reçu de réponse de votre organisme ; elle est attendue${before(said)}.`,
    EXPIRING: (said) => `Une orientation que vous avez envoyée${to(said)} n’a pas de réponse ; le délai s’achève${before(said)}.`,
    WAIT_ENDING: (said) => `Une orientation que vous avez envoyée${to(said)} est sur liste d’attente : l’attente est à confirmer${before(said)}.`,
    ANSWER_RECEIVED: (said) => `Une orientation que vous avez envoyée${to(said)} a reçu une réponse.`,
    REFERRAL_ENDED: (said) => `Une orientation${to(said)} est close.`,
    PLACE_OFFERED: (said) => `Une place se libère${at(said)} : elle est réservée au premier de la liste d’attente${before(said)}.`,
    CANCELLATION_REQUESTED: (said) => `L’annulation d’une acceptation vous est demandée${at(said)}${before(said)}.`,
    ACCEPTANCE_KEPT: (said) => `La demande d’annulation est retirée${at(said)} : l’acceptation est maintenue.`,
    INFORMATION_ASKED: (said) => `Des informations vous sont demandées pour répondre à une orientation${to(said)}.`,
    INFORMATION_GIVEN: (said) =>
      `Les informations que vous aviez demandées pour une orientation${to(said)} sont arrivées : votre réponse est attendue${before(said)}.`,
    MEETING: (said) => `Un rendez-vous est prévu, déplacé ou annulé${at(said)}.`,
    PLACEMENT_STARTED: (said) => `Un parcours a démarré${at(said)}.`,
    PLACEMENT_ENDED: (said) => `Un parcours est terminé${at(said)}.`,
    OUTCOME_DUE: (said) => `La sortie d’un parcours terminé est à renseigner${at(said)}.`,
    FOLLOW_UP_DUE: (said) => `Un suivi après la fin d’un parcours est à faire${at(said)}.`,
    ENGAGEMENT_TO_SIGN: () => 'Un contrat d’engagement que votre organisme prépare attend une signature.',
    REVIEW_DUE: () => 'Le bilan prévu d’un contrat d’engagement est à faire dans les sept jours.',
    GRANT_ENDED: () => 'Un partage de données que votre organisme connaît a pris fin.',
    GLASS_BROKEN: () => 'Un dossier que votre organisme suit a été ouvert en urgence, pour trois heures.',
    RETENTION_NOTICE: () =>
      'Un dossier que votre organisme suit n’a plus d’activité : il sera effacé dans un mois si personne n’intervient.',
    ENDPOINT_STOPPED: () =>
      'Un logiciel de votre organisme n’est plus prévenu de ce qui se passe : son point d’écoute est suspendu. Un responsable peut le rétablir.',
    AGREEMENT: () =>
      'Une convention de votre organisation a été déposée, soumise à avis, signée, modifiée, ou est close.',
    RECORDS_TO_COMPARE: () => 'Deux dossiers semblent n’en faire qu’un : votre organisme est invité à les comparer.',
  },
  others: 'Les places ouvertes les plus proches :',
  open: 'Ouvrir :',
  more: (count) => `Et ${count} de plus, à voir dans la plateforme.`,
  openHub: 'La plateforme :',
  linkLasts: 'Ce lien n’est valable que pour vous, 72 heures, et une seule fois ; une réponse y met fin.',
  digestSubject: (count) => `Passerelle : ${count} ${count > 1 ? 'nouvelles' : 'nouvelle'}`,
  digest: 'Depuis votre dernier résumé :',
  foot: 'Ce message ne contient aucune donnée sur une personne. Merci de n’en écrire aucune en réponse.',
  preferences: 'Choisir les messages que vous recevez :',
  stop: 'Ne plus recevoir ce résumé :',
  codeSubject: 'Votre code à usage unique',
  code: (code) => `Votre code est ${code}.`,
  codeLasts: 'Il vaut dix minutes. Si vous n’avez rien demandé, ne le donnez à personne et ignorez ce message.',
}; // prettier-ignore
