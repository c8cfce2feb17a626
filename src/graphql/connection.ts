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

/** A page of rows as Relay wants it: cursors are made, and the whole is counted, only when somebody asks for them. */
export class Connected<R> {
  constructor(
    private readonly page: Page<R>,
    private readonly signature: string,
    public totalCount: () => Promise<number>,
  ) {}

  get nodes(): R[] {
    return this.page.rows;
  }

  get edges(): EdgeOf<R>[] {
    return this.page.rows.map((row) => ({ cursor: this.cursorOf(row)!, node: row }));
  }

  get pageInfo(): PageInfo {
    const { rows, hasNext, hasPrevious } = this.page;
    return {
      ...{ hasNextPage: hasNext, hasPreviousPage: hasPrevious },
      ...{ startCursor: this.cursorOf(rows[0]), endCursor: this.cursorOf(rows.at(-1)) },
    };
  }

  private cursorOf(row: Keyed<R> | undefined): string | null {
    return row ? encodeCursor(this.signature, row.$keys) : null;
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
