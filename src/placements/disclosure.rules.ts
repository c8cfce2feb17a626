/** What a placement shows of its person, to whom employs and to whom follows: a name and a way to reach it. */
export const shown = ['CORE', 'IDENTITY', 'CONTACT'] as const;
