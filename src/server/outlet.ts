const lookEvery = 10;
/** For how long a reader who asked for the past may take nothing of it. */
const stalledFor = 30_000;

interface Pending {
  /** Bytes that wait in this process; none once it is closed. */
  waiting: () => number;
  most: number;
  cut: () => void;
}

/** Resolves when a reader has taken most of what was sent to it; one that takes nothing is cut off. */
export async function untilTaken({ waiting, most, cut }: Pending): Promise<void> {
  let left = waiting();
  for (let since = Date.now(); left > most;) {
    await new Promise((resolve) => setTimeout(resolve, lookEvery));
    const now = waiting();
    if (now < left) since = Date.now();
    left = now;
    if (Date.now() - since > stalledFor) return cut();
  }
}
