/** Builds the explorer into dist/graphiql, from where the server hands it out under /graphiql/. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/graphiql/',
  logLevel: 'error',
  build: {
    outDir: fileURLToPath(new URL('../../dist/graphiql', import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 5_000,
  },
  worker: { format: 'es' },
});
