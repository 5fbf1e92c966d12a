import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { renderSuiteJson } from '../../src/report/index.ts'
import { SUITE_RESULT_SCHEMA, combineOutcomes, suiteExitCode, summarizeSuites, type Outcome, type SuiteRunResult } from '../../src/result/index.ts'
import { SAMPLE } from '../report/suite-sample.ts'

const validate = new Ajv2020({ strict: true }).compile(SUITE_RESULT_SCHEMA)

describe('the published schema', () => {
  test('takes what -o json writes', () => {
    const written = JSON.parse(renderSuiteJson(SAMPLE)) as unknown
    expect([validate(written), validate.errors, written]).toEqual([true, null, SAMPLE])
  })

  test('refuses what it does not know', () => {
    expect(validate({ ...SAMPLE, extra: 1 })).toBe(false)
    expect(validate({ ...SAMPLE, schemaVersion: 2 })).toBe(false)
  })
})

describe('the outcome of a whole', () => {
  const cases: [parts: Outcome[], whole: Outcome][] = [
    [[], 'pass'],
    [['pass', 'pass'], 'pass'],
    [['pass', 'skip'], 'pass'],
    [['skip'], 'skip'],
    [['pass', 'fail'], 'fail'],
    [['fail', 'error', 'pass'], 'error'],
  ]
  test.each(cases)('%j: %s', (parts, whole) => {
    expect(combineOutcomes(parts)).toBe(whole)
  })
})

test('totals count cases, tests without cases, and suites that could not be run', () => {
  expect(SAMPLE.totals).toEqual({ suites: 4, tests: 6, cases: 8, pass: 3, fail: 3, skip: 2, error: 3 })
})

describe('the exit code', () => {
  const totals = (parts: Partial<SuiteRunResult['totals']>): SuiteRunResult => {
    const { totals: none, ...rest } = summarizeSuites([], 0)
    return { ...rest, totals: { ...none, ...parts } }
  }
  const cases: [name: string, result: SuiteRunResult, code: number][] = [
    ['nothing found', totals({}), 2],
    ['nothing but a broken suite', totals({ suites: 1, error: 1 }), 2],
    ['all passed', totals({ tests: 1, pass: 2 }), 0],
    ['some skipped', totals({ tests: 1, pass: 1, skip: 1 }), 0],
    ['all skipped on purpose', totals({ tests: 1, skip: 1 }), 0],
    ['one failed', totals({ tests: 1, pass: 1, fail: 1 }), 1],
    ['one not decided', totals({ tests: 1, pass: 1, error: 1 }), 3],
    ['one not decided, one failed', totals({ tests: 1, fail: 1, error: 1 }), 3],
  ]
  test.each(cases)('%s', (_name, result, code) => {
    expect(suiteExitCode(result)).toBe(code)
  })
})
