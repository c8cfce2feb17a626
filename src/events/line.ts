import type { Position } from './place.ts';

/** One line of the journal as it is handed on. */
export interface JournalLine extends Position {
  id: string;
  type: string;
  subjectType: string;
  subjectId: string;
  subjectVersion: number;
  personId: string | null;
  /** Organisation of the actor; null for the hub. */
  organisationId: string | null;
  actorKind: string;
  actorId: string | null;
  causedBy: string | null;
  audience: string[];
  facts: Record<string, string | number | boolean | null>;
  occurredAt: string;
}

/** What follows a position, in order, and how far that goes: nothing up to there was left out. */
export interface Passage {
  lines: readonly JournalLine[];
  upTo: Position;
}
