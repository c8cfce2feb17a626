/** Native ES modules: run with NODE_OPTIONS=--experimental-vm-modules (npm test does). */
import { readFileSync } from 'node:fs';

// as an operator runs it: elsewhere graphql-js looks twice at every instance, which is a tenth of a test's time
process.env.NODE_ENV = 'production';

const { $schema, ...swc } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { ...swc, swcrc: false, jsc: { ...swc.jsc, rewriteRelativeImportExtensions: false } },
    ],
  },
  reporters: ['default', '<rootDir>/test/kit/closing-line.reporter.mjs'],
  globalSetup: './test/kit/global-setup.ts',
  globalTeardown: './test/kit/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 30_000,
};
