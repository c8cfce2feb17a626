/** Where a row of data·inclusion says that something is. */
export interface SaidPlace {
  code_insee?: string | null;
  code_postal?: string | null;
  commune?: string | null;
  adresse?: string | null;
  complement_adresse?: string | null;
  latitude?: number | null;
  longitude?: number | null;
}

export interface KnownCommune {
  code: string;
  latitude: number | null;
  longitude: number | null;
}

/** A place as the catalogue keeps it; `approximate`: the point is the commune's. */
export interface Place {
  communeCode: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  approximate: boolean;
}

/** Municipal arrondissements of Paris, Lyon and Marseille are no communes; their city is. */
export function communeCodeOf(code: string): string {
  if (/^751[0-2]\d$/.test(code)) return '75056';
  if (/^6938\d$/.test(code)) return '69123';
  return /^132[01]\d$/.test(code) ? '13055' : code.toUpperCase();
}

/** The place a row says, as far as the official list knows the commune; its own point, else the commune's. */
export function placeOf(said: SaidPlace, communes: ReadonlyMap<string, KnownCommune>): Place {
  const commune = said.code_insee ? communes.get(communeCodeOf(said.code_insee)) : undefined;
  const own = pointOf(said);
  return {
    communeCode: commune?.code ?? null,
    address: addressOf(said),
    latitude: own?.latitude ?? commune?.latitude ?? null,
    longitude: own?.longitude ?? commune?.longitude ?? null,
    approximate: own === null,
  };
}

function pointOf({ latitude, longitude }: SaidPlace): { latitude: number; longitude: number } | null {
  if (latitude == null || longitude == null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return null;
  // 0, 0 is a form left blank, not the Gulf of Guinea
  return latitude === 0 && longitude === 0 ? null : { latitude, longitude };
}

function addressOf({ complement_adresse, adresse, code_postal, commune }: SaidPlace): string | null {
  const town = [code_postal, commune].filter(Boolean).join(' ');
  const street = [complement_adresse, adresse].map((part) => part?.trim()).filter(Boolean);
  return street.length ? [...street, town].filter(Boolean).join(', ') : null;
}

/** What of the place was left out, for the operator. */
export function placeNotes(said: SaidPlace, place: Place): string[] {
  const notes: string[] = [];
  if (said.code_insee && !place.communeCode)
    notes.push(`without commune: ${said.code_insee} is not on the official list`);
  if (said.latitude != null && said.longitude != null && place.approximate)
    notes.push('without its coordinates: they are not on Earth');
  return notes;
}

/** An address of the web, or nothing: whoever shows the catalogue makes a link of it. */
export function linkOf(url: string | null | undefined): string | null {
  return url && /^https?:\/\/\S+$/i.test(url) ? url : null;
}

export function linkNotes(field: string, url: string | null | undefined): string[] {
  return url && !linkOf(url) ? [`without ${field}: not an address of the web`] : [];
}
