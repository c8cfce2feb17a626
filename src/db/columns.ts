/**
 * How a row class says what its table holds. Of TypeORM a row takes these alone: the whole library, which migrates and
 * finds drift, would be 7 MB of memory and a fifth of a second of each start.
 */
export { Column } from 'typeorm/decorator/columns/Column.js';
export { PrimaryColumn } from 'typeorm/decorator/columns/PrimaryColumn.js';
export { Entity } from 'typeorm/decorator/entity/Entity.js';
export { Index } from 'typeorm/decorator/Index.js';
