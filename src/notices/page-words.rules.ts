import type { Language } from './words.rules.ts';

const french = {
  title: 'Une orientation attend votre réponse',
  about: 'Orientation vers',
  before: 'Réponse attendue avant le',
  openSignedIn: 'Se connecter pour l’ouvrir',
  openInTool: 'Pour l’ouvrir, connectez-vous à votre outil. Son numéro :',
  answerHere: 'Répondre ici',
  codeExplained: 'Un code à usage unique vous est envoyé par courriel. Il vaut dix minutes.',
  sendCode: 'Recevoir un code',
  sendCodeAgain: 'Recevoir un autre code',
  codeSent: 'Si ce lien le permet encore, un code vient de partir à votre adresse (trois au plus).',
  code: 'Code à six chiffres',
  answer: 'Votre réponse',
  answers: {
    acknowledge: 'Je prends en charge',
    waitlist: 'Je mets sur la liste d’attente',
    decline: 'Je refuse (dites pourquoi ci-dessous)',
  },
  reason: 'Motif, en cas de refus',
  send: 'Envoyer la réponse',
  wrongCode: 'Ce code n’est pas le bon, ou n’est plus valable. Après cinq essais, demandez-en un autre.',
  done: 'Votre réponse est enregistrée',
  doneExplained: 'Merci. Le lien ne sert plus ; la suite se fait dans votre outil.',
  gone: 'Ce lien n’ouvre rien',
  goneExplained:
    'Il a déjà servi, il est trop ancien, une réponse a été donnée, ou il est incomplet. Connectez-vous pour voir ce qui vous attend.',
  slow: 'Trop d’essais',
  slowExplained: 'Merci d’attendre une minute avant de recommencer.',
  preferences: 'Choisir les messages que vous recevez',
  preferencesExplained:
    'Pour chaque genre de message : tout de suite, une fois par jour, ou jamais. Le choix se fait connecté, dans votre outil ou par cette opération :',
  explorer: 'Ouvrir l’explorateur',
  stop: 'Ne plus recevoir le résumé du matin',
  stopExplained:
    'Vous ne recevrez plus ce qui vous est dit chaque matin. Ce qui demande un acte de votre part vous est toujours dit aussitôt.',
  stopNow: 'Ne plus le recevoir',
  stopped: 'Vous ne recevrez plus le résumé du matin',
  stoppedExplained: 'Tout reste visible dans votre outil, où vous pouvez choisir autrement.',
};

const english: typeof french = {
  title: 'A referral awaits your answer',
  about: 'Referral to',
  before: 'An answer is awaited before',
  openSignedIn: 'Sign in to open it',
  openInTool: 'To open it, sign in to your own tool. Its number:',
  answerHere: 'Answer here',
  codeExplained: 'A one-time code is sent to you by mail. It lasts ten minutes.',
  sendCode: 'Send me a code',
  sendCodeAgain: 'Send me another code',
  codeSent: 'If this link still allows it, a code is on its way to your address (three at most).',
  code: 'Six-digit code',
  answer: 'Your answer',
  answers: {
    acknowledge: 'I take charge',
    waitlist: 'I put it on the waiting list',
    decline: 'I decline (say why below)',
  },
  reason: 'Reason, if you decline',
  send: 'Send the answer',
  wrongCode: 'This is not the code, or it is no longer valid. After five tries, ask for another.',
  done: 'Your answer is recorded',
  doneExplained: 'Thank you. The link is used up; go on in your own tool.',
  gone: 'This link opens nothing',
  goneExplained:
    'It was used, is too old, an answer was given, or it is incomplete. Sign in to see what awaits you.',
  slow: 'Too many tries',
  slowExplained: 'Please wait a minute before you try again.',
  preferences: 'Choose the messages you get',
  preferencesExplained:
    'For each kind of message: at once, once a day, or never. You choose signed in, in your own tool or by this operation:',
  explorer: 'Open the explorer',
  stop: 'Stop the morning summary',
  stopExplained:
    'You will no longer get what you are told each morning. What asks for an act of yours is still told at once.',
  stopNow: 'Stop it',
  stopped: 'You will not get the morning summary any more',
  stoppedExplained: 'All of it stays to be seen in your tool, where you may choose otherwise.',
};

/** What the pages of a link say. */
export const pageWords: Record<Language, typeof french> = { FR: french, EN: english };
