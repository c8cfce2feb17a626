import type { Act } from './act.ts';
import type { Sees } from './sees.ts';
import type { Stage } from './stage.ts';

interface Monday {
  viewer: {
    worklist: {
      toAnswer: { totalCount: number };
      dueSoon: { totalCount: number; nodes: { deadline: string }[] };
      followUpsDue: { totalCount: number };
      withoutLiveStep: { totalCount: number };
    };
  };
}

interface Found {
  vacancies: {
    nodes: {
      id: string;
      distanceKm: number;
      places: number;
      free: number;
      offer: {
        id: string;
        title: string;
        stale: boolean;
        organisation: { id: string; name: string; usualAnswerTime: string | null };
      };
    }[];
  };
}

export const monday: Act = {
  at: '0:00',
  title: 'Monday morning (council)',
  async play(stage, sees) {
    const { viewer } = await stage.council.ask<Monday>(
      `{ viewer { worklist { toAnswer { totalCount } dueSoon { totalCount nodes { deadline } }
        followUpsDue { totalCount } withoutLiveStep { totalCount } } } }`,
    );
    const { toAnswer, dueSoon, followUpsDue, withoutLiveStep } = viewer.worklist;
    const four = [toAnswer, dueSoon, followUpsDue, withoutLiveStep].map(({ totalCount }) => totalCount);
    sees.that(
      four.every(Number.isInteger),
      `four numbers in one answer: ${four[0]} to answer, ${four[1]} due soon, ${four[2]} follow-ups due, ` +
        `${four[3]} people without a live step`,
    );
    const next = dueSoon.nodes.filter(({ deadline }) => deadline === dueSoon.nodes[0]?.deadline).length;
    sees.that(
      dueSoon.totalCount >= 3,
      `${next} of the referrals due would expire first, all on the same day`,
    );
    stage.nadia = await stage.personCalled('Nadia Kaddour', sees);
    sees.that(await isWithoutStep(stage), 'Nadia is on the list “without a live step”');
  },
};

async function isWithoutStep(stage: Stage): Promise<boolean> {
  for await (const id of stage.withoutLiveStep()) if (id === stage.nadia) return true;
  return false;
}

export const finding: Act = {
  at: '0:25',
  title: 'Find (council)',
  async play(stage, sees) {
    const { vacancies } = await stage.council.ask<Found>(
      `{ vacancies(near: { commune: "44215", km: 15 }, filter: { domains: [GREEN_SPACES], freePlacesAtLeast: 1 },
        orderBy: DISTANCE, first: 5) { nodes { id distanceKm places free
          offer { id title stale organisation { id name usualAnswerTime } } } } }`,
    );
    const nearest = sees.needs(vacancies.nodes[0], 'no place on a green space within 15 km of Vertou');
    const { offer, distanceKm, places, free } = nearest;
    const { organisation } = offer;
    stage.vacancy = { id: nearest.id, offer: offer.id, provider: organisation.id, title: offer.title };
    const first = offer.title === 'Entretien des berges' && distanceKm === 6.2 && places === 6 && free === 2;
    sees.that(
      first,
      `first is “${offer.title}” of ${organisation.name}: ${distanceKm} km, ${free} of ${places} free`,
    );
    sees.that(!offer.stale, 'its provider has confirmed it lately');
    sees.that(
      organisation.usualAnswerTime !== null,
      `how long it takes to answer: ${organisation.usualAnswerTime}`,
    );
    sees.that(true, 'no personal data was sent to find it');
  },
};

interface Explained {
  feasible: boolean;
  score: number;
  rank: number | null;
  reasons: { points: number; max: number }[];
  rules: { rule: string; verdict: string; question: string | null }[];
  bindingConstraint: string | null;
  smallestChange: { sentence: string } | null;
}

const question = `query ($person: ID!, $fits: ID!, $full: ID!) {
  fits: explainMatch(person: $person, vacancy: $fits) { ...why } full: explainMatch(person: $person, vacancy: $full) { ...why } }
  fragment why on Match { feasible score rank reasons { criterion points max detail } rules { rule verdict question }
    bindingConstraint smallestChange { sentence } }`;

export const why: Act = {
  at: '0:50',
  title: 'Why (council)',
  async play(stage, sees) {
    const asked = { person: stage.nadia, fits: stage.vacancy.id, full: await fullOne(stage, sees) };
    const told = await stage.council.ask<Record<'fits' | 'full', Explained | null>>(question, asked);
    const fits = sees.needs(told.fits, 'Nadia’s profile is not open to the council');
    const full = sees.needs(told.full, 'the full vacancy is not there');
    const sum = fits.reasons.reduce((points, each) => points + each.points, 0);
    sees.that(fits.feasible && fits.score > 0 && sum === fits.score, `points that add up: ${sum}, and she is number ${fits.rank}, to ask first: ${fits.bindingConstraint}`);
    const licence = fits.rules.find(({ rule }) => rule === 'LICENCE');
    sees.that(licence?.verdict === 'UNKNOWN' && licence.question !== null, `licence: ${licence?.verdict}, “${licence?.question}”`);
    const change = full.smallestChange?.sentence;
    sees.that(!full.feasible && full.bindingConstraint === 'PLACE' && change === 'No place left: 2nd on the list', `of the one 9 km away: “${change}”`);
    const french = await stage.council.ask<Record<'fits' | 'full', Explained>>(question, asked, 'fr');
    sees.that(french.full.smallestChange?.sentence === 'Plus de place : 2e rang sur la liste', `in French: “${french.full.smallestChange?.sentence}”`);
  },
}; // prettier-ignore

/** The work site that is full, nine kilometres from her. */
async function fullOne({ council }: Stage, sees: Sees): Promise<string> {
  const { vacancies } = await council.ask<{ vacancies: { nodes: { id: string; distanceKm: number; site: { name: string } | null }[] } }>(
    `{ vacancies(near: { commune: "44215", km: 10 }, filter: { states: [FILLED] }, orderBy: DISTANCE, first: 50) {
        nodes { id distanceKm site { name } } } }`,
  );
  const gardens = vacancies.nodes.find(({ site }) => site?.name === 'Jardins de l’Erdre');
  return sees.needs(gardens?.id, 'no full work site nine kilometres away');
} // prettier-ignore
