import type { Name } from './names.ts';

/** The people of the story; everybody else is drawn. */
export interface CastMember extends Name {
  key: string;
  commune: string;
  born: string;
  referent: string;
  member?: string;
  address?: string;
  /** Day of registration, counted from the day of loading. */
  registered: number;
}

const claire = { referent: 'council', member: 'claire.moreau@passerelle.example' };

export const cast: readonly CastMember[] = [
  { key: 'nadia', firstName: 'Nadia', lastName: 'Kaddour', isWoman: true, commune: 'Vertou', born: '1987-05-14', registered: -41, ...claire },
  { key: 'marc', firstName: 'Marc', lastName: 'Delaunay', isWoman: false, commune: 'Rezé', born: '1979-02-03', registered: -420, ...claire },
  { key: 'p2', firstName: 'Sonia', lastName: 'Perrot', isWoman: true, commune: 'Rezé', born: '1991-09-27', registered: -160, ...claire },
  { key: 'two-acceptances', firstName: 'Yann', lastName: 'Le Goff', isWoman: false, commune: 'Nantes', born: '1984-11-08', registered: -90, ...claire },
  { key: 'late', firstName: 'Amel', lastName: 'Benali', isWoman: true, commune: 'Nantes', born: '1990-01-19', registered: -150, ...claire },
  { key: 'due-1', firstName: 'Loïc', lastName: 'Hamon', isWoman: false, commune: 'Nantes', born: '1995-04-30', registered: -100, ...claire },
  { key: 'due-2', firstName: 'Aminata', lastName: 'Sow', isWoman: true, commune: 'Saint-Herblain', born: '1988-08-12', registered: -100, ...claire },
  { key: 'due-3', firstName: 'Patrick', lastName: 'Joly', isWoman: false, commune: 'Orvault', born: '1972-06-21', registered: -100, ...claire },
  { key: 'waiting-w', firstName: 'Solenn', lastName: 'Tanguy', isWoman: true, commune: 'Nantes', born: '1993-03-05', registered: -80, ...claire },
  { key: 'household-1', firstName: 'Sandrine', lastName: 'Garnier', isWoman: true, commune: 'Carquefou', born: '1983-07-02', address: '8 allée des Tilleuls', registered: -300, ...claire },
  { key: 'household-2', firstName: 'Rachid', lastName: 'Garnier', isWoman: false, commune: 'Carquefou', born: '1981-12-11', address: '8 allée des Tilleuls', referent: 'ft-nantes', registered: -300 },
  { key: 'mover', firstName: 'Gaëlle', lastName: 'Le Bris', isWoman: true, commune: 'Nantes', born: '1989-10-23', registered: -390, ...claire },
  { key: 'homonym-1', firstName: 'Marie', lastName: 'Martin', isWoman: true, commune: 'Nantes', born: '1985-03-17', referent: 'plie', registered: -250 },
  { key: 'homonym-2', firstName: 'Marie', lastName: 'Martin', isWoman: true, commune: 'Saint-Nazaire', born: '1992-08-04', referent: 'ft-saint-nazaire', registered: -210 },
]; // prettier-ignore
