import { stdSerializers } from 'pino';

/** Where PostgreSQL shows the row it refused, or the values it was working on: names have no place in a log. */
const rowsShownBy = ['detail', 'where', 'internalQuery'] as const;

export const serializers = {
  err(error: Error): object {
    const told: Record<string, unknown> = { ...stdSerializers.err(error) };
    for (const each of rowsShownBy) delete told[each];
    return told;
  },
};
