import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

// Three kinds of tests: `unit` needs Node alone, `oracle` the pinned Go tools, `e2e` starts real servers.
const project = (name: string, include: string[], exclude: string[], testTimeout: number, workers?: number) => ({
  test: {
    name,
    include,
    exclude,
    testTimeout,
    hookTimeout: testTimeout,
    environment: 'node' as const,
    globalSetup: ['test/build.ts'],
    ...(workers !== undefined && { maxWorkers: workers }),
  },
})

// Where CI collects the counts of all runners.
const results = process.env['GRAPHGATE_RESULTS']

export default defineConfig({
  test: {
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: join(results, `vitest-${process.pid}.json`) }]],
    projects: [
      project('unit', ['test/**/*.test.ts'], ['test/oracle/**', 'test/e2e/**'], 30_000),
      project('oracle', ['test/oracle/**/*.test.ts'], [], 180_000),
      // Each stack of servers wants both cores of a small machine.
      project('e2e', ['test/e2e/**/*.test.ts'], [], 300_000, 1),
    ],
  },
})
