import { france } from '../kernel/calendar.ts';
import type { PlacementRow } from '../placements/placement.row.ts';
import type { VacancySeriesRow } from '../vacancies/series.row.ts';
import { sessionsOfSeries } from '../vacancies/series.rules.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { fresh, type Ground } from './ground.ts';
import { iso } from './timeline.ts';
import type { DemoVacancy } from './vacancies.ts';

/** Beside the four hundred: the coming afternoons of one workshop, opened together. */
export function seriesOf({ time }: Ground, vacancies: readonly DemoVacancy[]) {
  const like = vacancies.find(
    ({ closed, offer }) => closed === null && offer.template.service === 'atelier',
  )!.row;
  const opened = time.at(time.workingDay(-9, -1), 11, 30);
  const title = 'Préparer un entretien d’embauche';
  const { offerId, organisationId } = like;
  const series: VacancySeriesRow = {
    ...{ id: time.id('VacancySeries', opened), offerId, organisationId, title, createdAt: iso(opened) },
  };
  const weekly = { weekdays: ['TUESDAY'] as const, from: time.day(5), until: time.day(46) };
  const sessions = sessionsOfSeries({ weekly, from: '14:00', to: '16:30' }, france).map((session) => ({
    ...emptyLike(like, time.id('Vacancy', opened), iso(opened)),
    ...{ seriesId: series.id, title, places: 8, sessions: [session] },
    ...{ startsOn: session.on, endsOn: session.on, refillUntil: session.on },
  }));
  return { series, sessions };
}

/** A contract ends within two months and its employer already seeks who follows. */
export function successorOf(
  { time }: Ground,
  placements: readonly PlacementRow[],
  vacancies: readonly DemoVacancy[],
): VacancyRow[] {
  const leaving = placements.find(
    ({ state, takesPlace, contractEndsOn }) =>
      state === 'STARTED' && takesPlace && contractEndsOn !== null && contractEndsOn > time.day(10) && contractEndsOn < time.day(60),
  );
  const left = vacancies.find(({ row }) => row.id === leaving?.vacancyId)?.row;
  if (!leaving || !left) return [];
  const opened = time.at(time.workingDay(-3, -1), 10, 15);
  const startsOn = leaving.contractEndsOn;
  const successor = { ...emptyLike(left, time.id('Vacancy', opened), iso(opened)), places: 1, startsOn };
  leaving.replacedById = successor.id;
  return [successor];
} // prettier-ignore

/** A vacancy of the same offer and place in which nobody is yet. */
function emptyLike(like: VacancyRow, id: string, at: string): VacancyRow {
  return {
    ...like,
    ...{ id, state: 'OPEN', held: 0, taken: 0, openedAt: at, closedAt: null, closeReason: null },
    ...{ endsOn: null, refillUntil: null, sessions: [], ...fresh(at) },
  };
}
