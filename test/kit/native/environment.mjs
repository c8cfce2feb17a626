import 'reflect-metadata'; // what src/main.ts begins with
import { pathToFileURL } from 'node:url';
import { TestEnvironment } from 'jest-environment-node'; // comes with jest

/**
 * Where a test file runs: apart from the others, on the hub's code that they all share. That code and its packages are
 * loaded once in a process, as in an operator's, instead of once for each file.
 */
export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.imported = (from) => import(from.startsWith('/') ? hubCode(from) : from);
    // what the hub answers and what a test expects are of the same kind
    Object.assign(this.global, { Date, Map, Set });
  }

  /** What the hub's packages say is told with the test during which they said it. */
  async setup() {
    await super.setup();
    globalThis.console = this.global.console;
  }

  async teardown() {
    globalThis.console = own;
    await super.teardown();
  }
}

const own = globalThis.console;

const hubCode = (file) => pathToFileURL(process.env.TESTED_HUB + file).href;
