import { describe, expect, test } from 'vitest'
import { isSuite, readSuite } from '../../src/suite/suite-file.ts'
import { brief, documentOf } from '../gatekeeper/support.ts'

const HEAD = 'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\n'

function read(text: string) {
  const { suite, diagnostics } = readSuite(documentOf(HEAD + text, 'suite.yaml'), HEAD + text)
  return { suite, diagnostics: diagnostics.map(brief) }
}

test('a suite is told by group and kind, of any version', () => {
  const values = [
    { apiVersion: 'test.gatekeeper.sh/v1alpha1', kind: 'Suite' },
    { apiVersion: 'test.gatekeeper.sh/v9', kind: 'Suite' },
    { apiVersion: 'test.gatekeeper.sh', kind: 'Suite' },
    { apiVersion: 'test.example.com/v1', kind: 'Suite' },
    { apiVersion: 'test.gatekeeper.sh/v1alpha1', kind: 'Test' },
    [],
    null,
  ]
  expect(values.map(isSuite)).toEqual([true, true, false, false, false, false, false])
})

test('a suite is read with the defaults of what it does not say', () => {
  const { suite, diagnostics } = read(`metadata: {name: x}
tests:
- name: t
  template: template.yaml
  constraint: constraint.yaml
  cases:
  - name: c
    object: object.yaml
    inventory: [a.yaml]
    assertions:
    - {violations: 2, message: m}
    - {}
- {name: i, invalid: true, skip: true, expansion: e.yaml}
- null
skip: true
`)
  expect([suite?.skip, suite?.tests, diagnostics]).toEqual([
    true,
    [
      {
        name: 't',
        template: 'template.yaml',
        constraint: 'constraint.yaml',
        expansion: '',
        invalid: false,
        skip: false,
        cases: [
          {
            name: 'c',
            object: 'object.yaml',
            inventory: ['a.yaml'],
            assertions: [
              { violations: 2, message: 'm', path: ['tests', 0, 'cases', 0, 'assertions', 0] },
              { violations: undefined, message: undefined, path: ['tests', 0, 'cases', 0, 'assertions', 1] },
            ],
            skip: false,
            path: ['tests', 0, 'cases', 0],
          },
        ],
        path: ['tests', 0],
      },
      { name: 'i', template: '', constraint: '', expansion: 'e.yaml', invalid: true, skip: true, cases: [], path: ['tests', 1] },
      { name: '', template: '', constraint: '', expansion: '', invalid: false, skip: false, cases: [], path: ['tests', 2] },
    ],
    [],
  ])
})

describe('yes and no, which Kubernetes reads as booleans and gator as strings', () => {
  const cases: [written: string, violations: unknown, diagnostics: string[]][] = [
    ['yes', 'yes', []],
    ['no', 'no', []],
    ['"yes"', 'yes', []],
    ["'no'", 'no', []],
    ['Yes', 'Yes', []],
    ['on', 'on', []],
    ['n', 'n', []],
    ['3', 3, []],
    ['null', undefined, []],
    ['~', undefined, []],
    ['true', undefined, ['GG403 3:49 tests.0.cases.0.assertions.0.violations must be a whole number, "yes" or "no"']],
    ['1.5', undefined, ['GG403 3:49 tests.0.cases.0.assertions.0.violations must be a whole number, "yes" or "no"']],
    ['[1]', undefined, ['GG403 3:49 tests.0.cases.0.assertions.0.violations must be a whole number, "yes" or "no"']],
    ['4294967296', undefined, ['GG403 3:49 tests.0.cases.0.assertions.0.violations must be a whole number, "yes" or "no"']],
  ]
  test.each(cases)('violations: %s', (written, violations, diagnostics) => {
    const { suite, diagnostics: found } = read(`tests: [{cases: [{assertions: [{violations:     ${written}}]}]}]\n`)
    expect([suite?.tests[0]?.cases[0]?.assertions[0]?.violations, found]).toEqual([violations, diagnostics])
  })

  test('names may be such words too', () => {
    const { suite, diagnostics } = read('tests:\n- name: no\n  cases: [{name: yes, object: on, inventory: [off]}]\n')
    const [item] = suite?.tests[0]?.cases ?? []
    expect([suite?.tests[0]?.name, item?.name, item?.object, item?.inventory, diagnostics]).toEqual(['no', 'yes', 'on', ['off'], []])
  })
})

describe('what is wrong with a suite', () => {
  const cases: [name: string, text: string, diagnostics: string[]][] = [
    [
      'unknown fields are warnings',
      'test: []\ntests:\n- nam: t\n  cases:\n  - assertion: []\n    assertions: [{violation: 1}]\n',
      [
        'GG404? 3:1 unknown field "test" is ignored',
        'GG404? 5:3 unknown field "nam" is ignored',
        'GG404? 7:5 unknown field "assertion" is ignored',
        'GG404? 8:19 unknown field "violation" is ignored',
      ],
    ],
    ['tests that are no list', 'tests: {}\n', ['GG403 3:8 tests must be a list']],
    ['a test that is no map', 'tests: [x]\n', ['GG403 3:9 tests.0 must be a map']],
    ['a name that is no string', 'tests:\n- name: 5\n', ['GG403 4:9 tests.0.name must be a string']],
    ['a name that is true', 'tests:\n- name: true\n', ['GG403 4:9 tests.0.name must be a string']],
    ['skip that is no boolean', 'skip: "true"\n', ['GG403 3:7 skip must be true or false']],
    ['inventory that is no list', 'tests: [{cases: [{inventory: a.yaml}]}]\n', ['GG403 3:30 tests.0.cases.0.inventory must be a list']],
    ['an inventory entry that is no string', 'tests: [{cases: [{inventory: [1]}]}]\n', ['GG403 3:31 tests.0.cases.0.inventory.0 must be a string']],
    [
      'several mistakes at once',
      'skip: 1\ntests: [{name: [], cases: 2}]\n',
      ['GG403 3:7 skip must be true or false', 'GG403 4:16 tests.0.name must be a string', 'GG403 4:27 tests.0.cases must be a list'],
    ],
  ]
  test.each(cases)('%s', (_name, text, diagnostics) => {
    expect(read(text).diagnostics).toEqual(diagnostics)
  })
})
