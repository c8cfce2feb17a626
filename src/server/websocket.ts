import {
  execute,
  getOperationAST,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode, type Context as Connection } from 'graphql-ws';
import { useServer, type Extra as SocketOf } from 'graphql-ws/use/ws';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { purposeOf } from '../audit/purpose.rules.ts';
import { bearer } from '../auth/login.ts';
import { throughOutages } from '../db/outage.ts';
import { livePatience } from '../events/live.ts';
import { contextOf, type Context } from '../graphql/context.ts';
import { localeOf } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import { scopeKey, type Viewer } from '../kernel/viewer.ts';
import { clientOf } from './admission.ts';
import type { Asked } from './asked.ts';
import { logged } from './disclosing.ts';
import { answerOf, errorsOf, formattedError } from './errors.ts';
import type { Guard, Question } from './guard.ts';
import type { Hub } from './hub.ts';

type SocketExtra = SocketOf & Record<PropertyKey, unknown>;
type Session = Connection<Record<string, unknown>, SocketExtra>;

const largestMessage = 64 * 1024;
const firstMessageWithin = 5_000;
const stillThereEvery = 15_000;
const goodbyeWithin = 2_000;
const tryAgainLater = 1013;
const goingAway = 1001;

/** Over a socket an operation carries what it cost, to be told with its answer. */
interface LiveContext extends Context {
  cost: number;
}

/** graphql-transport-ws on the same path, behind the same guard; the token travels in the first message. */
export function openWebSocket(hub: Hub, server: Server, guard: Guard, schema: GraphQLSchema) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const answering = new Set<Promise<unknown>>();
  let closing = false;
  useServer<Record<string, unknown>, SocketExtra>(
    {
      connectionInitWaitTimeout: firstMessageWithin,
      onConnect: (session) => connected(hub, session),
      onSubscribe: (session, _, question) => admitted(session, question),
      execute: (args) => awaited(answering, execute(args)),
      onNext: (session, _id, _payload, args, result) => delivered(session, args, result),
      onError: (session, _id, _payload, errors) =>
        errors.map((error) => formattedError(error, askedOn(hub, session)).toJSON()),
    },
    sockets,
    stillThereEvery,
  );
  server.on('upgrade', (request, socket, head) => {
    if (closing || request.url?.split('?')[0] !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  /** Errors are answers: one bad document never closes the socket that carries the others. */
  async function admitted(session: Session, question: Question) {
    const asked = askedOn(hub, session);
    try {
      if (Object.keys(session.subscriptions).length > guard.limits.subscriptions)
        throw new Refusal('LIMIT_EXCEEDED', { reason: 'SUBSCRIPTIONS', most: guard.limits.subscriptions });
      // rights may have ended since the socket was opened: each operation logs in again
      const viewer = await viewerOf(hub, session);
      if (!viewer) return farewell(session);
      const document = guard.read(question);
      const { variables, operationName } = question;
      const operation = getOperationAST(document, operationName)!;
      const cost = await guard.admit(clientOf({ viewer }), { document, operation, variables });
      const context: LiveContext = {
        ...contextOf({ db: hub.db, feed: hub.feed }, { viewer, ...asked, purpose: purposeOn(session) }),
        cost,
      };
      return { schema, document, operationName, variableValues: variables, contextValue: context };
    } catch (error) {
      return errorsOf(error);
    }
  }

  /** A message is delivered only to who could still ask for it now. */
  async function delivered(session: Session, args: ExecutionArgs, result: ExecutionResult) {
    const ctx = args.contextValue as LiveContext;
    const { viewer, cost, locale, requestId } = ctx;
    const asked = { locale, requestId, log: hub.log };
    const { document } = args;
    const operation = getOperationAST(document, args.operationName)!;
    const live = operation.operation === 'subscription';
    try {
      const now = live ? await throughOutages(livePatience, () => viewerOf(hub, session)) : viewer;
      if (!now || scopeKey(now) !== scopeKey(viewer))
        return { errors: farewell(session).map((error) => formattedError(error, asked)) };
    } catch (error) {
      // nobody's rights have ended: the client is to come again
      session.extra.socket.close(tryAgainLater, 'The database cannot be reached');
      return { errors: errorsOf(error).map((each) => formattedError(each, asked)) };
    }
    const patience = live ? livePatience : 0;
    const refusal = await logged({ ctx, asked, document, operation, patience }, result.data);
    if (refusal) return answerOf(refusal, asked);
    const errors = result.errors?.map((error) => formattedError(error, asked));
    return { ...result, ...(errors && { errors }), extensions: { ...result.extensions, cost } };
  }

  return async () => {
    closing = true;
    await Promise.allSettled(answering);
    await goodbye(sockets);
  };
}

async function connected(hub: Hub, session: Session): Promise<boolean> {
  try {
    return (await viewerOf(hub, session)) !== null; // false closes with 4403 Forbidden
  } catch {
    session.extra.socket.close(tryAgainLater, 'The database cannot be reached');
    return false;
  }
}

async function viewerOf(hub: Hub, session: Session): Promise<Viewer | null> {
  const token = bearer(session.connectionParams?.authorization);
  return token ? hub.login.viewer(token) : null;
}

/** The rights the socket was opened with are no more: it closes, and may come back with those of today. */
function farewell({ extra }: Session): GraphQLError[] {
  extra.socket.close(CloseCode.Forbidden, 'Forbidden');
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
    socket.close(goingAway, 'Going away');
  });
}
