import { fact } from '../db/facts.ts';

/** What a record says of who the person is was typed, or typed again: it may be somebody already known. */
export const personNamed = fact<{ person: string }>('personNamed');

/** Where the person lives is known otherwise: figures by territory change. */
export const personHoused = fact<{ person: string }>('personHoused');
