import {
  agreementMoves,
  AgreementState,
  type AgreementActor,
  type AgreementMove,
} from '../../src/agreements/agreement.rules.ts';
import { inForceOn } from '../../src/agreements/terms.rules.ts';
import { Refusal } from '../../src/kernel/refusal.ts';

/** The table of moves, by hand: state by state, what each may do. What is not here is refused. */
const allowed: Record<AgreementState, string> = {
  DRAFT: 'LEAD update, LEAD submit, LEAD withdraw, PROVIDER withdraw',
  SUBMITTED: 'LEAD requestOpinion, LEAD sign, LEAD refuse, LEAD withdraw, PROVIDER withdraw',
  UNDER_OPINION:
    'LEAD requestOpinion, IAE_COUNCIL giveOpinion, LEAD followReservation, IAE_COUNCIL followReservation, LEAD sign, LEAD refuse, LEAD withdraw, PROVIDER withdraw',
  SIGNED:
    'LEAD followReservation, IAE_COUNCIL followReservation, LEAD amend, LEAD terminate, HUB end',
  ENDED: 'LEAD followReservation, IAE_COUNCIL followReservation',
  TERMINATED: 'LEAD followReservation, IAE_COUNCIL followReservation',
  REFUSED: '',
  WITHDRAWN: '',
}; // prettier-ignore
const after: Partial<Record<AgreementMove, AgreementState>> = {
  submit: 'SUBMITTED',
  requestOpinion: 'UNDER_OPINION',
  sign: 'SIGNED',
  refuse: 'REFUSED',
  withdraw: 'WITHDRAWN',
  terminate: 'TERMINATED',
  end: 'ENDED',
};
const actors: AgreementActor[] = ['LEAD', 'PROVIDER', 'IAE_COUNCIL', 'OTHER', 'HUB'];
const states = Object.keys(AgreementState) as AgreementState[];

test('every state, move and actor: done as the table says, or refused', () => {
  const wrong: string[] = [];
  for (const from of states)
    for (const move of agreementMoves.moves)
      for (const actor of actors) {
        const may = allowed[from].split(', ').includes(`${actor} ${move}`);
        const expected = may ? (after[move] ?? from) : null;
        if (answer(from, move, actor) !== expected)
          wrong.push(`${from} ${actor} ${move}: ${answer(from, move, actor)}`);
      }
  expect(wrong).toEqual([]);
});

function answer(from: AgreementState, move: AgreementMove, actor: AgreementActor): AgreementState | null {
  try {
    return agreementMoves.next(from, move, actor);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

test('the terms in force on a day are the last that had begun, before the first day the first', () => {
  const terms = [{ inForceFrom: '2026-01-01' }, { inForceFrom: '2026-07-01' }];
  expect(
    ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2030-01-01'].map((day) =>
      terms.indexOf(inForceOn(terms, day)),
    ),
  ).toEqual([0, 0, 0, 1, 1]);
});
