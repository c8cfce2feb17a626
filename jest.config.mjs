/** Native ES modules: run with NODE_OPTIONS=--experimental-vm-modules (npm test does). */
// as an operator runs it: elsewhere graphql-js looks twice at every instance, which is a tenth of a test's time
process.env.NODE_ENV = 'production';

export default {
  testEnvironment: '<rootDir>/test/kit/native/environment.mjs',
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/test/kit/native/transformer.mjs' },
  testSequencer: '<rootDir>/test/kit/longest-first.mjs',
  reporters: ['default', '<rootDir>/test/kit/closing-line.reporter.mjs'],
  globalSetup: '<rootDir>/test/kit/global-setup.ts',
  globalTeardown: '<rootDir>/test/kit/global-teardown.ts',
  // two cores and one more: a worker that waits for PostgreSQL or a child leaves its core to another
  maxWorkers: 3,
  testTimeout: 30_000,
};
