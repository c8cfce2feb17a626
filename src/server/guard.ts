import {
  GraphQLError,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../kernel/refusal.ts';
import { costOf, type Operation } from './cost.ts';
import { shapeRule, type Limits } from './limits.ts';

const mostRemembered = 500;

export interface Question {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

/** Stands before every operation, whichever door it came through: its shape, its cost, its client's purse. */
export class Guard {
  private readonly purses: RateLimiterMemory;
  /** Documents found right lately, the last one last: ten thousand sockets ask the same few. */
  private readonly right = new Map<string, DocumentNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    readonly limits: Limits,
  ) {
    this.purses = new RateLimiterMemory({ points: limits.costPerMinute, duration: 60 });
  }

  get rules() {
    return [shapeRule(this.limits)];
  }

  /** Reads and validates a document; what is wrong with it is thrown as a list. */
  read({ query, operationName }: Question): DocumentNode {
    const document = this.right.get(query) ?? this.readAnew(query);
    this.right.delete(query);
    this.right.set(query, document);
    if (this.right.size > mostRemembered) this.right.delete(this.right.keys().next().value!);
    if (!getOperationAST(document, operationName)) throw new Refusal('OPERATION_RESOLUTION_FAILURE');
    return document;
  }

  private readAnew(query: string): DocumentNode {
    const document = parse(query, { maxTokens: this.limits.tokens });
    const errors = validate(this.schema, document, [...specifiedRules, ...this.rules]);
    if (errors.length) throw new Refused(errors, 'GRAPHQL_VALIDATION_FAILED');
    return document;
  }

  /** Weighs the operation and takes its points from the client's purse; answers the points. */
  async admit(client: string, operation: Operation): Promise<number> {
    const cost = this.weigh(operation);
    try {
      await this.purses.consume(client, cost);
      return cost;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Refusal('RATE_LIMITED', { seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
    }
  }

  /** What an operation costs; refuses what costs too much. */
  weigh(operation: Operation): number {
    const found = costOf(this.schema, operation);
    const most = this.limits.cost;
    if (found > most) throw new Refusal('LIMIT_EXCEEDED', { reason: 'COST', found, most });
    return found;
  }
}

/** Several errors at once, as GraphQL's validation finds them. */
export class Refused extends Error {
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly code: 'GRAPHQL_VALIDATION_FAILED',
  ) {
    super(code);
    this.name = 'Refused';
  }
}
