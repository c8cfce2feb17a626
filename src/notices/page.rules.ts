import { meaningsOf } from '../kernel/vocabulary.ts';
import { DeclineReason } from '../referrals/reason.rules.ts';
import { escaped } from './mail.rules.ts';
import { pageWords } from './page-words.rules.ts';
import { dayInWords, type Language } from './words.rules.ts';

/** The pages a link opens: plain forms, no script, nobody's name. */

export interface Shown {
  language: Language;
  offer: string;
  /** The instant before which an answer is awaited. */
  deadline: string | null;
  /** Address of this page, which its forms are sent to. */
  path: string;
  /** Where a partner's own software shows it. */
  url: string | null;
  referral: string;
}

export const style = `body{font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:0 auto;max-width:40rem;padding:1.5rem}
fieldset{border:0;margin:1rem 0;padding:0}legend,label{display:block;margin:.5rem 0}input,select,button{font:inherit}
input[name=code]{letter-spacing:.2em;width:8em}button{background:#00408a;border:0;color:#fff;padding:.6rem 1.2rem}
:focus-visible{outline:3px solid #b34000;outline-offset:2px}[role=alert]{border-left:.3rem solid #b00020;padding-left:.8rem}`;

/** What it is about, and how to go on: sign in elsewhere, or ask for a code here. */
export function openPage(shown: Shown, answers: boolean): string {
  const words = pageWords[shown.language];
  const body = [about(shown), signIn(shown)];
  if (answers)
    body.push(
      `<h2>${words.answerHere}</h2><p>${words.codeExplained}</p>`,
      form(`${shown.path}/code`, `<button>${words.sendCode}</button>`),
    );
  return document(shown.language, words.title, body);
}

/** The code is asked for, and the answer with it. `told` is what was wrong the last time. */
export function answerPage(shown: Shown, told: string | null): string {
  const words = pageWords[shown.language];
  const reasons = Object.keys(DeclineReason).map(
    (code) => `<option value="${code}">${escaped(reasonIn(shown.language, code))}</option>`,
  );
  const choices = Object.entries(words.answers).map(
    ([answer, label], at) =>
      `<label><input type="radio" name="answer" value="${answer}" required${at === 0 ? ' checked' : ''}> ${escaped(label)}</label>`,
  );
  const fields = [
    `<label for="code">${words.code}</label>`,
    `<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required>`,
    `<fieldset><legend>${words.answer}</legend>${choices.join('\n')}</fieldset>`,
    `<label for="reason">${words.reason}</label><select id="reason" name="reason">${reasons.join('')}</select>`,
    `<p><button>${words.send}</button></p>`,
  ];
  const alert = told === null ? `<p role="status">${words.codeSent}</p>` : `<p role="alert">${escaped(told)}</p>`;
  const again = form(`${shown.path}/code`, `<button>${words.sendCodeAgain}</button>`);
  return document(shown.language, words.title, [about(shown), alert, form(shown.path, fields.join('\n')), again]);
} // prettier-ignore

export const wrongCode = (language: Language): string => pageWords[language].wrongCode;

export function donePage(language: Language): string {
  const words = pageWords[language];
  return document(language, words.done, [`<p role="status">${words.doneExplained}</p>`]);
}

/** The one answer to every link that opens nothing. */
export function gonePage(language: Language): string {
  const words = pageWords[language];
  return document(language, words.gone, [`<p>${words.goneExplained}</p>`]);
}

export function slowPage(language: Language): string {
  const words = pageWords[language];
  return document(language, words.slow, [`<p>${words.slowExplained}</p>`]);
}

/** Where the end of each message leads: how to choose what to receive. */
export function preferencesPage(language: Language): string {
  const words = pageWords[language];
  const example = 'mutation { setNoticePreferences(input: { member: "mem_…", choices: [{ kind: REMINDER, delivery: DAILY }] }) { userErrors { message } } }';
  return document(language, words.preferences, [
    `<p>${words.preferencesExplained}</p><pre><code>${escaped(example)}</code></pre>`,
    `<p><a href="/graphiql/">${words.explorer}</a></p>`,
  ]);
} // prettier-ignore

/** Before the morning's message stops: a mail scanner that looks has stopped nothing. */
export function stopPage(language: Language, path: string): string {
  const words = pageWords[language];
  return document(language, words.stop, [
    `<p>${words.stopExplained}</p>`,
    form(path, `<button>${words.stopNow}</button>`),
  ]);
}

export function stoppedPage(language: Language): string {
  const words = pageWords[language];
  return document(language, words.stopped, [`<p role="status">${words.stoppedExplained}</p>`]);
}

function about({ language, offer, deadline }: Shown): string {
  const words = pageWords[language];
  const until = deadline ? `<p>${words.before} <strong>${dayInWords(deadline, language)}</strong>.</p>` : '';
  return `<p>${words.about} <strong>${escaped(offer)}</strong>.</p>${until}`;
}

function signIn({ language, url, referral }: Shown): string {
  const words = pageWords[language];
  return url === null
    ? `<p>${words.openInTool} <code>${escaped(referral)}</code></p>`
    : `<p><a href="${escaped(url)}">${words.openSignedIn}</a></p>`;
}

const form = (action: string, fields: string) =>
  `<form method="post" action="${escaped(action)}">${fields}</form>`;

/** A reason's description, in English before its French term. */
function reasonIn(language: Language, code: string): string {
  const meaning = meaningsOf(DeclineReason)[code]!;
  const [, english, french] = /^(.*?)(?: \(([^()]+)\))?$/.exec(meaning)!;
  const chosen = language === 'FR' ? (french ?? english!) : english!;
  return chosen.charAt(0).toUpperCase() + chosen.slice(1);
}

function document(language: Language, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${language.toLowerCase()}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${escaped(title)} – Passerelle</title><style>${style}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body.join('\n')}
</main></body></html>
`;
}
