import type { Act } from './act.ts';
import { Sees } from './sees.ts';
import { lasting } from './ending.ts';
import { finding, monday, why } from './finding.ts';
import { lastPlace, realLife } from './placing.ts';
import { mailing, referring, takingCharge } from './referring.ts';
import { resuming } from './resuming.ts';
import { planning } from './planning.ts';
import type { Stage } from './stage.ts';
import { stopping } from './stopping.ts';
import { tomorrow } from './tomorrow.ts';

/** The five minutes that must convince, act by act. The message is looked for last: it leaves beside the moves. */
const acts: readonly Act[] = [
  ...[monday, finding, why, referring, takingCharge],
  ...[lastPlace, realLife, resuming, lasting, stopping, tomorrow, planning, mailing],
];

export const marks = {
  SEEN: '✓',
  MISSED: '✗',
  NOT_LOOKED_AT: '– not looked at:',
  NOT_BUILT: '– not built yet:',
} as const;
export type Mark = keyof typeof marks;

/** Plays them all, says what was seen as soon as an act is over, and answers how often each mark was given. */
export async function playAll(stage: Stage, say: (line: string) => void): Promise<Record<Mark, number>> {
  const count = { SEEN: 0, MISSED: 0, NOT_LOOKED_AT: 0, NOT_BUILT: 0 };
  for (const act of acts) {
    const sees = new Sees();
    const goesOn = await played(act, stage, sees);
    say(`\n${act.at}  ${act.title}`);
    for (const { mark, words } of sees.lines) {
      say(`      ${marks[mark]} ${words}`);
      count[mark]++;
    }
    if (!goesOn) break;
  }
  return count;
}

/** False when the act could not be played to its end: what comes after rests on it. */
async function played(act: Act, stage: Stage, sees: Sees): Promise<boolean> {
  try {
    await act.play(stage, sees);
    return true;
  } catch (error) {
    sees.that(false, `${(error as Error).message} The play ends here.`);
    return false;
  }
}
