import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { bearer } from '../auth/login.ts';
import { localeOf, sentence } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import { answerBy, answers, openedBy, openSignedIn, sendCode } from '../notices/link.actions.ts';
import type { Answer, Linking, Opened } from '../notices/link.actions.ts';
import { stopMornings, stoppedBy } from '../notices/stop.actions.ts';
import * as pages from '../notices/page.rules.ts';
import type { Language } from '../notices/words.rules.ts';
import { DeclineReason } from '../referrals/reason.rules.ts';
import { neighbourhoodOf } from './address.ts';
import type { Hub } from './hub.ts';

const failuresPerMinute = 20;
const largestForm = 4096;
const styleHash = createHash('sha256').update(pages.style).digest('base64');
/** Nothing is loaded, nothing runs, and forms go nowhere but here. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

interface Linked {
  Params: { token: string };
}

/** The pages behind the links of a mail. Whoever tries links or codes is slowed by address. */
export async function openNoticePages(app: FastifyInstance, hub: Hub): Promise<void> {
  app.get('/notices', (request, reply) => show(reply, pages.preferencesPage(languageOf(request))));
  if (hub.office === null) return;
  const of: Linking = { db: hub.db, office: hub.office, log: hub.log };
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 });
  const who = (request: FastifyRequest) => neighbourhoodOf(hub.entrance.addressOf(request.raw));

  const failed = async (request: FastifyRequest) => void (await failures.penalty(who(request)));
  const gone = async (request: FastifyRequest, reply: FastifyReply) => {
    await failed(request);
    return show(reply, pages.gonePage(languageOf(request)), 404);
  };

  await app.register(async (scope) => {
    readForms(scope);
    scope.addHook('preHandler', async (request, reply) => {
      const counted = await failures.get(who(request));
      if ((counted?.consumedPoints ?? 0) < failuresPerMinute) return;
      await show(reply.header('retry-after', '60'), pages.slowPage(languageOf(request)), 429);
    });

    scope.get<Linked>('/notices/stop/:token', async (request, reply) => {
      const { token } = request.params;
      const member = await stoppedBy(of.db, token);
      return member
        ? show(reply, pages.stopPage(member.language, `/notices/stop/${token}`))
        : gone(request, reply);
    });

    scope.post<Linked>('/notices/stop/:token', async (request, reply) => {
      const member = await stopMornings(of.db, request.params.token);
      return member ? show(reply, pages.stoppedPage(member.language)) : gone(request, reply);
    });

    scope.get<Linked>('/n/:token', async (request, reply) => {
      if (request.headers.authorization !== undefined) return openForMember(hub, of, request, reply);
      const opened = await openedBy(of, request.params.token);
      return opened ? show(reply, pages.openPage(shownOf(opened, of), opened.answers)) : gone(request, reply);
    });

    scope.post<Linked>('/n/:token/code', async (request, reply) => {
      const opened = await openedBy(of, request.params.token);
      if (!opened?.answers) return gone(request, reply);
      await sendCode(of, opened);
      return show(reply, pages.answerPage(shownOf(opened, of), null));
    });

    scope.post<Linked>('/n/:token', async (request, reply) => {
      const opened = await openedBy(of, request.params.token);
      const answering = answeringOf(request.body);
      if (!opened?.answers || !answering) return gone(request, reply);
      const outcome = await answerBy(of, opened, answering);
      const { language } = opened.member;
      if (outcome === 'DONE') return show(reply, pages.donePage(language));
      if (outcome === 'WRONG_CODE') await failed(request);
      const told = outcome === 'WRONG_CODE' ? pages.wrongCode(language) : sentence(outcome, language === 'FR' ? 'fr' : 'en');
      return show(reply, pages.answerPage(shownOf(opened, of), told), 422);
    });
  });
} // prettier-ignore

/** For a partner's own software, signed in as the member: what the link is about, told once. */
async function openForMember(hub: Hub, of: Linking, request: FastifyRequest<Linked>, reply: FastifyReply) {
  const token = bearer(request.headers.authorization);
  const admitted = token && (await hub.entrance.enter(token, request.raw));
  if (!admitted) throw new Refusal('UNAUTHENTICATED');
  const opened = await openSignedIn(of, request.params.token, admitted.viewer);
  if (!opened) return reply.callNotFound();
  const { kind } = opened.notice;
  const { referral, deadline, url } = shownOf(opened, of);
  return reply.send({ kind, referral, deadline, url });
}

function shownOf({ token, member, offer, referral }: Opened, { office }: Linking): pages.Shown {
  return {
    ...{ language: member.language, offer, deadline: referral.dueAt, referral: referral.id },
    ...{ path: `/n/${token}`, url: office.referralUrl?.replaceAll('{id}', referral.id) ?? null },
  };
}

/** Forms of these pages alone, sent from nowhere else. */
function readForms(scope: FastifyInstance): void {
  const options = { parseAs: 'string', bodyLimit: largestForm } as const;
  scope.addContentTypeParser<string>('application/x-www-form-urlencoded', options, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  // a mail reader that stops a message for its reader sends either kind of form (RFC 8058)
  scope.addContentTypeParser<string>('multipart/form-data', options, (_, _body, done) => done(null, {}));
  scope.addHook('onRequest', async (request) => {
    const from = request.headers['sec-fetch-site'];
    if (request.method === 'POST' && from !== undefined && from !== 'same-origin')
      throw new Refusal('BAD_REQUEST', { reason: 'ADDRESS' });
  });
}

function answeringOf(body: unknown) {
  const { code = '', answer = '', reason = '' } = (body ?? {}) as Record<string, string>;
  if (!Object.hasOwn(answers, answer) || !Object.hasOwn(DeclineReason, reason)) return null;
  return { code: code.replaceAll(' ', ''), answer: answer as Answer, reason: reason as DeclineReason };
}

const languageOf = (request: FastifyRequest): Language =>
  localeOf(request.headers['accept-language']) === 'fr' ? 'FR' : 'EN';

function show(reply: FastifyReply, page: string, status = 200) {
  return reply
    .code(status)
    .headers({ 'content-security-policy': policy })
    .type('text/html; charset=utf-8')
    .send(page);
}
