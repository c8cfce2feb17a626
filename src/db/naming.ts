/** `organisationId` in TypeScript is `organisation_id` in SQL, everywhere and without being said. */
export function snake(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
