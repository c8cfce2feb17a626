/** PostgreSQL is away: restarting, refusing, full, or the connection was cut under a statement. It may come back. */
const codes = /^(08|57P|53)|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN/;
const words = /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered)/;

export function isOutage(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return (typeof code === 'string' && codes.test(code)) || (message !== undefined && words.test(message));
}

const between = 150;

/** Does it again while the database is away, for so many milliseconds: only for what may be done twice. */
export async function throughOutages<T>(patience: number, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, between).unref());
    }
  }
}
