export { SUITE_CODES } from './codes.ts'
export { runSuites } from './run-suites.ts'
