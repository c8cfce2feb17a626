import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { encodeCursor, type PageRequest } from '../kernel/page.ts';
import type { Keyed, Page } from '../db/list.ts';

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, {
    nullable: true,
    description: 'How many rows from the start or after `after`; 20 if not said, at most 100.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row to go on after.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many rows from the end or before `before`; at most 100.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row to stop before, going backward.' })
  before?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether rows precede this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null on an empty page.' })
  endCursor: string | null;
}

export interface EdgeOf<R> {
  cursor: string;
  node: R;
}

/** A page of rows as Relay wants it; the count is a promise made only when somebody asks for it. */
export class Connected<R> {
  readonly edges: EdgeOf<R>[];
  readonly pageInfo: PageInfo;

  constructor(
    page: Page<R>,
    signature: string,
    public totalCount: () => Promise<number>,
  ) {
    this.edges = page.rows.map((row: Keyed<R>) => ({
      cursor: encodeCursor(signature, row.$keys),
      node: row,
    }));
    this.pageInfo = {
      hasNextPage: page.hasNext,
      hasPreviousPage: page.hasPrevious,
      startCursor: this.edges[0]?.cursor ?? null,
      endCursor: this.edges.at(-1)?.cursor ?? null,
    };
  }

  get nodes(): R[] {
    return this.edges.map((edge) => edge.node);
  }
}

/** Declares `<Name>Connection` and `<Name>Edge` for a type of the schema. */
export function connectionOf<T extends object>(
  node: () => ClassType<T>,
  name: string,
  many: string,
): ClassType<Connected<T>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One row of a list of ${many}.` })
  class Edge {
    @Field(() => String, { description: 'Where this row stands; opaque.' })
    cursor: string;

    @Field(node, { description: 'The row itself.' })
    node: T;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${many}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The rows with their cursors.' })
    edges: Edge[];

    @Field(() => [node()], { description: 'The rows alone.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: `How many ${many} the list holds for you; counted only when asked.` })
    totalCount: number;
  }
  return Connection as unknown as ClassType<Connected<T>>;
}
