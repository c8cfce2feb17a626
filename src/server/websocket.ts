import {
  execute,
  getOperationAST,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { CloseCode, type Context as Connection } from 'graphql-ws';
import { useServer, type Extra as SocketOf } from 'graphql-ws/use/ws';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { purposeOf } from '../audit/purpose.rules.ts';
import { bearer } from '../auth/login.ts';
import { localeOf } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import { sameRights } from '../kernel/viewer.ts';
import type { Asked } from './asked.ts';
import { logged } from './disclosing.ts';
import { answerOf, errorsOf, formattedError } from './errors.ts';
import type { Fanout } from './fanout.ts';
import type { Question } from './guard.ts';
import type { Hub } from './hub.ts';
import { letIn, type Admitted, type LiveContext, type Premises } from './live-admission.ts';
import type { OpenSockets, Closing, OpenSocket } from './open-sockets.ts';
import { SocketOutlet } from './socket-outlet.ts';

interface SocketExtra extends SocketOf {
  [key: PropertyKey]: unknown;
  /** Once the first message was accepted. */
  opened?: OpenSocket;
}
type Session = Connection<Record<string, unknown>, SocketExtra>;

const largestMessage = 64 * 1024;
const firstMessageWithin = 5_000;
const stillThereEvery = 15_000;
const goodbyeWithin = 2_000;
const tryAgainLater = 1013;
const restarting = 1012;
const comeBack = 'Come back and go on from your last cursor';

/** graphql-transport-ws on the same path, behind the same guard; the token travels in the first message. */
export function openWebSocket(premises: Premises & { opened: OpenSockets; fanout: Fanout }, server: Server) {
  const { hub, guard, opened, fanout } = premises;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const answering = new Set<Promise<unknown>>();
  const coming = new WeakMap<object, { session: Session; id: string; admitted: Admitted }>();
  let closing = false;
  useServer<Record<string, unknown>, SocketExtra>(
    {
      connectionInitWaitTimeout: firstMessageWithin,
      onConnect: (session) => connected(session),
      onSubscribe: (session, id, question) => admitted(session, id, question),
      execute: (args) => awaited(answering, execute(args)),
      subscribe: (args) => followed(args),
      onNext: (session, _id, _payload, args, result) => delivered(session, args, result),
      onError: (session, _id, _payload, errors) =>
        errors.map((error) => formattedError(error, askedOn(hub, session)).toJSON()),
      onClose: ({ extra }) => extra.opened && opened.leave(extra.opened),
    },
    sockets,
    stillThereEvery,
  );
  const forgetJournal = hub.feed.onNewJournal(() =>
    sockets.clients.forEach((each) => each.close(restarting, comeBack)),
  );
  server.on('upgrade', (request, socket, head) => {
    if (closing || request.url?.split('?')[0] !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  /** False closes with 4403 Forbidden. */
  async function connected({ extra, connectionParams }: Session): Promise<boolean> {
    const token = bearer(connectionParams?.authorization);
    if (!token) return false;
    const { socket, request } = extra;
    try {
      const open = await opened.enter(() => hub.entrance.enter(token, request), closer(socket));
      if (open && socket.readyState !== socket.OPEN) opened.leave(open);
      else if (open) extra.opened = open;
      return open !== null;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'RATE_LIMITED')
        socket.close(CloseCode.TooManyInitialisationRequests, 'Too many failed attempts');
      else closer(socket)('UNKNOWN');
      return false;
    }
  }

  /** Errors are answers: one bad document never closes the socket that carries the others. */
  async function admitted(session: Session, id: string, question: Question) {
    const asked = askedOn(hub, session);
    try {
      if (Object.keys(session.subscriptions).length > guard.limits.subscriptions)
        throw new Refusal('LIMIT_EXCEEDED', { reason: 'SUBSCRIPTIONS', most: guard.limits.subscriptions });
      // rights may have ended since the socket was opened: each operation asks again who it is for
      const { credential, viewer: before } = session.extra.opened!.admitted;
      const viewer = await hub.login.viewer(credential);
      if (!viewer || !sameRights(viewer, before)) return farewell(session);
      const admitted = await letIn(premises, { question, viewer, asked, purpose: purposeOn(session) });
      coming.set(admitted.args.contextValue, { session, id, admitted });
      return admitted.args;
    } catch (error) {
      return errorsOf(error);
    }
  }

  /** Its answers are written to the socket by whoever it listens with; what is returned only ends. */
  async function followed({ contextValue }: ExecutionArgs) {
    const { session, id, admitted } = coming.get(contextValue as object)!;
    const outlet = new SocketOutlet(session.extra.socket, id, hub.limits.socketBacklog);
    const left = await fanout.subscribe({ admitted, rights: session.extra.opened!, outlet });
    return typeof left === 'function' ? outlet.until(left) : left;
  }

  /** An answer is delivered only to who could still ask for it now. */
  async function delivered(session: Session, args: ExecutionArgs, result: ExecutionResult) {
    const ctx = args.contextValue as LiveContext;
    const { cost, locale, requestId } = ctx;
    const asked = { locale, requestId, log: hub.log };
    const { document } = args;
    const operation = getOperationAST(document, args.operationName)!;
    const socket = session.extra.opened!;
    const closed = () => ({ errors: farewell(session).map((error) => formattedError(error, asked)) });
    if (!(await socket.stands)) return closed();
    const refusal = await logged({ ctx, asked, document, operation }, result.data);
    if (refusal) return answerOf(refusal, asked);
    if (!(await socket.stands)) return closed(); // they may have ended while it was logged
    const errors = result.errors?.map((error) => formattedError(error, asked));
    return { ...result, ...(errors && { errors }), extensions: { ...result.extensions, cost } };
  }

  return async () => {
    closing = true;
    forgetJournal();
    await Promise.allSettled(answering);
    await goodbye(sockets);
  };
}

function closer(socket: WebSocket) {
  return (why: Closing): void =>
    why === 'RIGHTS_ENDED'
      ? socket.close(CloseCode.Forbidden, 'Forbidden')
      : socket.close(tryAgainLater, 'Who you are cannot be looked up for the moment');
}

/** The rights the socket was opened with are no more: it closes, and may come back with those of today. */
function farewell({ extra }: Session): GraphQLError[] {
  closer(extra.socket)('RIGHTS_ENDED');
  return errorsOf(new Refusal('UNAUTHENTICATED'));
}

function purposeOn(session: Session) {
  return purposeOf(session.connectionParams?.purpose);
}

function askedOn(hub: Hub, session: Session): Asked {
  const locale = localeOf(String(session.connectionParams?.acceptLanguage ?? ''));
  return { locale, requestId: randomUUID(), log: hub.log };
}

/** What is under way when the hub stops is answered before its socket closes. */
function awaited<T>(answering: Set<Promise<unknown>>, result: T): T {
  if (!(result instanceof Promise)) return result;
  const answered = result.finally(() => answering.delete(answered));
  answering.add(answered);
  return answered as T;
}

async function goodbye(sockets: WebSocketServer): Promise<void> {
  const open = [...sockets.clients];
  await Promise.all(open.map((socket) => gone(socket)));
  await new Promise((resolve) => sockets.close(resolve));
}

/** A client that does not answer the closing message is cut off: it may be gone already. */
function gone(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), goodbyeWithin);
    socket.once('close', () => (clearTimeout(timer), resolve()));
    socket.close(restarting, comeBack);
  });
}
