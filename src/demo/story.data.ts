/** Days before the day of loading on which the hub of the demo opened: two years of history. */
export const timeToOpen = -760;

/** Where Nadia lives; places of the story are measured from there. */
export const nadiasCommune = 'Vertou';

/** Sites of the story, at a distance in metres from Nadia's commune in the direction of another. */
export const storySites = [
  { key: 'V', organisation: 'commune-reze', name: 'Quai de la Sèvre', commune: 'Rezé', metres: 6_200 },
  { key: 'W', organisation: 'erdre-chantiers', name: 'Jardins de l’Erdre', commune: 'Nantes', metres: 9_000 },
] as const;
