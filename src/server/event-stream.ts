import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import { purposeOf } from '../audit/purpose.rules.ts';
import { bearer } from '../auth/login.ts';
import { Refusal } from '../kernel/refusal.ts';
import { clientOf } from './admission.ts';
import type { Fanout } from './fanout.ts';
import type { Question } from './guard.ts';
import { letIn, type Premises } from './live-admission.ts';
import type { Closing, OpenSocket, OpenSockets } from './open-sockets.ts';
import { askedOf, authenticated, purposeful } from './requests.ts';
import { StreamOutlet } from './stream-outlet.ts';

type Doors = Premises & { opened: OpenSockets; fanout: Fanout };
type Request = FastifyRequest<{ Querystring: Record<string, string>; Body: Question | null }>;

interface Asking {
  request: Request;
  outlet: StreamOutlet;
  open: OpenSocket;
}

/**
 * The same subscriptions where a proxy lets no WebSocket through: one a request, as server-sent events (the protocol of
 * graphql-sse, distinct connections). The token stands in a header that no other site's page can send.
 */
export function openEventStreams(app: FastifyInstance, doors: Doors): () => void {
  const { hub, opened, guard } = doors;
  const streams = new Streams(guard.limits.subscriptions);
  app.route({
    url: '/graphql/stream',
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    onRequest: [authenticated(hub), purposeful], // before the body is read, let alone parsed
    async handler(request: Request, reply) {
      const token = bearer(request.headers.authorization);
      if (!token) throw new Refusal('UNAUTHENTICATED');
      const outlet = new StreamOutlet(reply.raw, askedOf(hub, request), hub.limits.socketBacklog);
      const enter = () => hub.entrance.enter(token, request.raw);
      const open = await opened.enter(enter, (why) => outlet.fail(ended(why)));
      if (!open) throw new Refusal('UNAUTHENTICATED');
      outlet.onEnd(() => opened.leave(open));
      begin(reply);
      await follow({ request, outlet, open }).catch((error: unknown) => outlet.fail(error));
    },
  });
  return () => streams.complete();

  async function follow({ request, outlet, open }: Asking): Promise<void> {
    const { viewer } = open.admitted;
    streams.add(clientOf({ viewer }), outlet);
    const purpose = purposeOf(request.headers['x-purpose']);
    const asked = askedOf(hub, request);
    const admitted = await letIn(doors, { question: questionOf(request), viewer, purpose, asked });
    if (admitted.operation.operation !== OperationTypeNode.SUBSCRIPTION)
      throw new Refusal('BAD_REQUEST', { reason: 'STREAM' });
    const lastEventId = request.headers['last-event-id'];
    if (typeof lastEventId === 'string') admitted.args.contextValue.lastEventId = lastEventId;
    const left = await doors.fanout.subscribe({ admitted, rights: open, outlet });
    if (typeof left === 'function') outlet.onEnd(left);
    else outlet.refuse(left);
  }
}

/** So many at once for one client, as on one socket. */
class Streams {
  private readonly open = new Map<string, Set<StreamOutlet>>();

  constructor(private readonly most: number) {}

  add(client: string, outlet: StreamOutlet): void {
    const own = this.open.get(client) ?? new Set();
    if (own.size >= this.most)
      throw new Refusal('LIMIT_EXCEEDED', { reason: 'SUBSCRIPTIONS', most: this.most });
    this.open.set(client, own.add(outlet));
    outlet.onEnd(() => {
      own.delete(outlet);
      if (own.size === 0) this.open.delete(client);
    });
  }

  complete(): void {
    for (const own of [...this.open.values()]) for (const outlet of [...own]) outlet.cut();
  }
}

/** The headers at once: a reader then knows that it is heard, before anything has happened. */
function begin(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  reply.raw.write(':\n\n');
}

function questionOf({ method, query, body }: Request): Question {
  const asked: Partial<Record<keyof Question, unknown>> | null =
    method === 'GET' ? { ...query, variables: parsed(query.variables) } : body;
  if (typeof asked?.query !== 'string') throw new Refusal('BAD_REQUEST', { reason: 'JSON' });
  return asked as Question;
}

function parsed(variables: string | undefined): unknown {
  try {
    return variables === undefined ? undefined : JSON.parse(variables);
  } catch {
    throw new Refusal('BAD_REQUEST', { reason: 'JSON' });
  }
}

function ended(why: Closing): Refusal {
  return new Refusal(why === 'UNKNOWN' ? 'UNAVAILABLE' : 'UNAUTHENTICATED');
}
