import type { Act } from './act.ts';
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

export const why: Act = {
  at: '0:50',
  title: 'Why (council)',
  async play(_stage, sees) {
    sees.notBuilt(
      'why a person and a vacancy fit, in points that add up, and what would change it (explainMatch)',
    );
  },
};
