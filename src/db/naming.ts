import { DefaultNamingStrategy } from 'typeorm';

export function snake(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `organisationId` in TypeScript is `organisation_id` in SQL, everywhere and without being said. */
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(property: string, customName: string): string {
    return customName || snake(property);
  }
}
