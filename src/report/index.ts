export { renderSuiteJson } from './suite-json.ts'
export { renderSuiteJunit } from './suite-junit.ts'
export { renderSuiteText } from './suite-text.ts'
