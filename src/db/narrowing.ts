import type { Sql } from 'sql-template-tag';
import { propertiesOf, type Table } from './table.ts';

type Narrowable = Pick<Table<object>, 'name' | 'row' | 'columns' | 'some'>;

/** As many ways to read a table as are kept prepared: whoever asks in yet another way reads whole rows. */
const mostWays = 200;
const ways = new Set<string>();
/** A table of which an operation looks at something new each time is read whole. */
const mostMisses = 5;

/** Which columns are read: some, and without which; null for all. */
type Reading = { columns: Sql; absent: ReadonlySet<string> } | null;

/** What is known of a table: what was looked at, and, once an answer was given, how it is read. */
interface Known {
  looked: Set<string>;
  misses: number;
  reading?: Reading | undefined;
}

/**
 * What one operation looks at in the rows of each table: noted while it is first answered, then nothing else is read. Whoever
 * looks at what was left out all the same finds that the operation is answered anew, from whole rows, and that it is noted.
 */
export class Narrowing {
  private readonly known = new Map<string, Known>();

  /** For one time the operation is answered. */
  look(): Look {
    return new Look(this.known);
  }
}

/** The rows of a table as one answer may look at them. */
interface Met {
  table: Narrowable;
  known: Known;
  /** As it was when the answer met the table first, whatever others learn meanwhile; undefined where it is to be noted. */
  reading: Reading | undefined;
  handler: ProxyHandler<object>;
}

/** What a reader is told of the rows it reads for one answer. */
export class Look {
  /** Somebody looked at what was not read: nothing of the answer may be used. */
  missed = false;
  private readonly met = new Map<string, Met>();

  constructor(private readonly known: Map<string, Known>) {}

  columns(table: Narrowable): Sql {
    return this.meet(table).reading?.columns ?? table.columns;
  }

  rows<T>(table: Narrowable, rows: T[]): T[] {
    const { reading, handler } = this.meet(table);
    return reading === null ? rows : rows.map((row) => new Proxy(row as object, handler) as T);
  }

  /** The operation was answered: what it looked at is known from now on. */
  done(): void {
    for (const { table, known, reading } of this.met.values())
      if (reading === undefined && known.reading === undefined) known.reading = readingOf(table, known);
  }

  private meet(table: Narrowable): Met {
    let met = this.met.get(table.name);
    if (!met) this.met.set(table.name, (met = this.meeting(table)));
    return met;
  }

  private meeting(table: Narrowable): Met {
    let known = this.known.get(table.name);
    if (!known) this.known.set(table.name, (known = { looked: new Set(['id']), misses: 0 }));
    const { reading } = known;
    return { table, known, reading, handler: reading ? this.missing(known, reading.absent) : noting(known) };
  }

  private missing(known: Known, absent: ReadonlySet<string>): ProxyHandler<object> {
    const miss = (...properties: string[]) => {
      this.missed = true;
      for (const each of properties) known.looked.add(each);
      known.reading = ++known.misses < mostMisses ? undefined : null;
    };
    return {
      get(row, property) {
        if (absent.has(property as string)) miss(property as string);
        return (row as Record<string | symbol, unknown>)[property];
      },
      has(row, property) {
        if (absent.has(property as string)) miss(property as string);
        return property in row;
      },
      ownKeys(row) {
        miss(...absent);
        return Reflect.ownKeys(row);
      },
    };
  }
}

function noting({ looked }: Known): ProxyHandler<object> {
  const note = (property: string | symbol) => void (typeof property === 'string' && looked.add(property));
  return {
    get(row, property) {
      note(property);
      return (row as Record<string | symbol, unknown>)[property];
    },
    has(row, property) {
      note(property);
      return property in row;
    },
    ownKeys(row) {
      Reflect.ownKeys(row).forEach(note);
      return Reflect.ownKeys(row);
    },
  };
}

function readingOf(table: Narrowable, { looked }: Known): Reading {
  const all = propertiesOf(table.row);
  const absent = new Set(all.filter((property) => !looked.has(property)));
  if (absent.size === all.length) absent.delete(all[0]!); // it was enough that there is a row
  if (!absent.size || !table.some) return null;
  const way = `${table.name} without ${[...absent].join()}`;
  if (!ways.has(way) && ways.size >= mostWays) return null;
  ways.add(way);
  return { columns: table.some(absent), absent };
}
