import { DataSource, DefaultNamingStrategy } from 'typeorm';
import { migrations } from '../../migrations/all.ts';
import { snake } from './naming.ts';

class SnakeNaming extends DefaultNamingStrategy {
  override columnName(property: string, customName: string): string {
    return customName || snake(property);
  }
}

/** TypeORM knows the tables and their history: it migrates and finds drift. Queries do not pass through it. */
export function dataSource(
  url: string,
  tables: NewableFunction[] = [],
  /** Names of the migrations it may run; all, if not said. */
  only?: readonly string[],
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: tables,
    migrations: migrations.filter((each) => !only || only.includes(new each().name)),
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    poolSize: 2,
    installExtensions: false,
  });
}
