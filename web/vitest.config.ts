import { defineConfig, mergeConfig } from 'vitest/config';
import build from './vite.config';

export default mergeConfig(
  build,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
      pool: 'vmThreads', // a document per file made in one thread: two thirds of the time went into starting them
    },
  }),
);
