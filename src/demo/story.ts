import type { Endings } from './endings.ts';
import type { Ground } from './ground.ts';
import type { DemoOffer } from './offers.ts';
import type { DemoPerson } from './people.ts';
import type { Step, Tale } from './tale.ts';
import type { DemoVacancy, Vacancies } from './vacancies.ts';

export interface Stage {
  offers: readonly DemoOffer[];
  vacancies: Vacancies;
  people: readonly DemoPerson[];
  endings: Endings;
}

type Line = [day: number, move: Step['move'], by: Step['by'], reason?: Step['reason']];

/** The tales of the demo's five minutes, each with its own history; the rest is drawn around them. */
export function storyTales({ time }: Ground, stage: Stage): Tale[] {
  const { v, w } = stage.vacancies;
  const person = (key: string) => stage.people.find((each) => each.key === key)!;
  const services = stage.offers.filter(({ row, template }) => template.takes === 'NO_VACANCY' && row.state === 'PUBLISHED');
  const service = (nth: number) => services[nth % services.length]!;
  const tale = (key: string, to: DemoVacancy | DemoOffer, lines: Line[], placement?: Tale['placement']): Tale => {
    const [offer, vacancy] = 'offer' in to ? [to.offer, to] : [to, null];
    const steps = lines.map(([day, move, by, reason], nth) => ({ at: time.at(day === 0 ? 0 : time.workingDay(day, -1), 8, 10 + nth), move, by, ...(reason && { reason }) }));
    return { person: person(key), offer, vacancy, created: steps[0]!.at, steps, ...(placement && { placement }), key };
  };
  const sent = (day: number): Line => [day, 'send', 'SENDER'];
  const taken = (day: number): Line => [day, 'acknowledge', 'RECEIVER'];
  const accepted = (day: number): Line => [day, 'accept', 'RECEIVER'];
  const before = stage.vacancies.all.filter(({ offer, closed, start }) => offer === v.offer && closed && start > -400)[0]!;
  const due = dueTomorrow(time, stage.endings);
  return [
    tale('nadia', service(7), [sent(-36), taken(-34), [-29, 'decline', 'RECEIVER', 'NO_POSITION']]),
    tale('marc', before, [sent(before.start - 20), taken(before.start - 17), accepted(before.start - 12), [before.start, 'start', 'RECEIVER']], { start: time.workingDay(before.start, -1), end: null }),
    tale('p2', v, [sent(-18), taken(-16), accepted(-11)]),
    tale('two-acceptances', v, [sent(-15), taken(-14), accepted(-8)]),
    tale('two-acceptances', w, [sent(-17), taken(-15), accepted(-10)]),
    tale('waiting-w', w, [sent(-13), taken(-12), [-6, 'waitlist', 'RECEIVER']]),
    tale('late', service(3), [sent(-45), [-28, 'expire', 'HUB', 'NO_ANSWER'], accepted(-20), [-12, 'start', 'RECEIVER']], { start: time.workingDay(-12, -1), end: null }),
    tale('due-1', service(1), [sent(due)]),
    tale('due-2', service(4), [sent(due)]),
    tale('due-3', service(9), [sent(due), taken(due + 2)]),
    tale('household-1', service(2), [sent(-60), taken(-58), accepted(-52), [-45, 'start', 'RECEIVER']], { start: time.workingDay(-45, -1), end: null }),
    tale('household-2', service(12), [sent(-8), taken(-6)]),
    tale('mover', service(5), [sent(-300), taken(-298), [-290, 'decline', 'RECEIVER', 'NOT_MOBILE']]),
    tale('mover', service(6), [sent(-20), taken(-18), accepted(-13)]),
    tale('homonym-1', service(8), [sent(-40), taken(-38), accepted(-33), [-25, 'start', 'RECEIVER']], { start: time.workingDay(-25, -1), end: null }),
    tale('homonym-2', service(10), [sent(-7)]),
  ];
} // prettier-ignore

/** The day on which what must be answered tomorrow (or the next working day) was sent. */
export function dueTomorrow(time: Ground['time'], endings: Endings): number {
  const target = time.workingDay(1);
  for (let day = -10; day > -25; day--)
    if (time.isWorkingDay(day) && time.offset(endings.answerDue(day) - 1) === target) return day;
  return time.workingDay(-14, -1);
}
