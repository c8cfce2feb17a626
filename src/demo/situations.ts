import { mayOpen, type Holder } from '../people/closed.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import { categoriesOf } from '../people/situation.rules.ts';
import type { SituationRow } from '../people/situation.row.ts';
import { fresh, type Ground } from './ground.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import { iso } from './timeline.ts';

/** How many in a hundred are of each public; of rights to income and of long unemployment one each. */
const chances: Partial<Record<TargetPublic, number>> = {
  CAP_BEP: 42, PM: 18, PI: 14, QPV: 11, ZRR: 9, REF_DA: 4, FLE: 4, PSH_PR: 3, ASE: 2, DETENTION_MJ: 2,
}; // prettier-ignore

type NewSituation = Omit<SituationRow, 'category' | 'sensitive'>;

/** Publics the people of the demo are of; none on health, which the hub does not keep unless its operator says so. */
export function situationsOf(
  { time, random }: Ground,
  { people, council, holderOf }: { people: readonly DemoPerson[]; council: string; holderOf: (id: string) => Holder },
): NewSituation[] {
  const chance = random.stream('situations');
  return people.flatMap((person) => {
    const referent = person.referents.at(-1)?.organisationId ?? council;
    return publicsOf(chance, person).map((code) => {
      const day = Math.min(-1, time.offset(person.created) + chance.int(0, 20));
      const holds = categoriesOf(code).every((category) => mayOpen(category, holderOf(referent)));
      return {
        id: time.id('Situation', time.at(day)),
        personId: person.row.id,
        public: code,
        statedOn: time.day(day),
        until: null,
        statedBy: holds ? referent : council,
        ...fresh(iso(time.at(day))),
      };
    });
  });
} // prettier-ignore

function publicsOf(random: Random, person: DemoPerson): TargetPublic[] {
  if (person.key === 'nadia') return ['RSA', 'DELD', 'CAP_BEP'];
  const income = random.weighted({ RSA: 66, ASS: 6, none: 28 });
  const sought = random.weighted({ DELD: 28, DETLD: 24, none: 48 });
  const others = (Object.keys(chances) as TargetPublic[]).filter((code) => random.next() * 100 < chances[code]!);
  return [income, sought, ...others].filter((code): code is TargetPublic => code !== 'none');
} // prettier-ignore
