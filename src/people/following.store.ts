import type { Followed } from '../events/live.ts';
import { sawLately } from './access.ts';
import type { PersonRow } from './person.row.ts';
import { personById } from './person.store.ts';

/** How whoever is told of somebody learns that they are closed to it: the same for all that is about a person. */
export const personClosing = {
  read: personById,
  lately: (ctx, person, before) => sawLately(ctx.reader, person, before),
} satisfies Omit<NonNullable<Followed<never>['person']>, 'of'>;

export const personFollowed: Followed<PersonRow> = {
  subject: 'Person',
  read: (ctx, id) => ctx.loaders.load(personById, id),
  person: { of: (row) => row.id, ...personClosing },
};
