import { describe, expect, test } from 'vitest'
import { findSelectorProblems, matchesSelector, readSelector } from '../../src/gatekeeper/selector.ts'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'

const LABELS = new Map([
  ['app', 'mesh'],
  ['tier', ''],
  ['kro.dev/graph', 'g'],
])

function expression(key: string, operator: string, ...values: string[]): JsonObject {
  return { matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }] }
}

describe('a selector against labels app=mesh, tier=, kro.dev/graph=g', () => {
  const cases: [name: string, selector: JsonObject, matches: boolean][] = [
    ['an empty selector', {}, true],
    ['a label that is there', { matchLabels: { app: 'mesh' } }, true],
    ['a label with another value', { matchLabels: { app: 'other' } }, false],
    ['a label that is not there', { matchLabels: { team: 'a' } }, false],
    ['an empty value', { matchLabels: { tier: '' } }, true],
    ['two labels, both there', { matchLabels: { app: 'mesh', 'kro.dev/graph': 'g' } }, true],
    ['two labels, one wrong', { matchLabels: { app: 'mesh', tier: 'x' } }, false],
    ['In, among the values', expression('app', 'In', 'x', 'mesh'), true],
    ['In, not among the values', expression('app', 'In', 'x'), false],
    ['In, label absent', expression('team', 'In', 'x'), false],
    ['NotIn, among the values', expression('app', 'NotIn', 'mesh'), false],
    ['NotIn, not among the values', expression('app', 'NotIn', 'x'), true],
    ['NotIn, label absent', expression('team', 'NotIn', 'x'), true],
    ['Exists, with an empty value', expression('tier', 'Exists'), true],
    ['Exists, label absent', expression('team', 'Exists'), false],
    ['DoesNotExist, label there', expression('tier', 'DoesNotExist'), false],
    ['DoesNotExist, label absent', expression('team', 'DoesNotExist'), true],
    ['labels and expressions', { matchLabels: { app: 'mesh' }, ...expression('team', 'Exists') }, false],
  ]
  test.each(cases)('%s', (_name, selector, matches) => {
    expect(matchesSelector(readSelector(selector) ?? [], LABELS)).toBe(matches)
  })

  test('no selector at all is undefined, unlike an empty one', () => {
    expect([readSelector(undefined), readSelector(null), readSelector({})]).toEqual([undefined, undefined, []])
  })

  test('an unknown operator is an error', () => {
    const selector = readSelector(expression('app', 'Equals', 'mesh')) ?? []
    expect(matchesSelector(selector, LABELS)).toEqual({ error: '"Equals" is not a valid label selector operator' })
  })
})

describe('what is wrong with a selector', () => {
  const cases: [name: string, selector: JsonValue | undefined, problems: string[]][] = [
    ['nothing', { matchLabels: { 'kro.dev/graph': 'g' }, ...expression('app', 'In', 'a', '') }, []],
    ['nothing, for no selector', undefined, []],
    ['not a map', 'app=mesh', [': a selector must be a map']],
    ['labels that are no map', { matchLabels: ['a'] }, ['matchLabels: matchLabels must be a map']],
    ['a value that is no string', { matchLabels: { a: 1 } }, ['matchLabels.a: a label value must be a string']],
    ['a bad key', { matchLabels: { 'a b': '' } }, ['matchLabels.a b: "a b" is not a valid label key']],
    ['an empty name after the prefix', { matchLabels: { 'kro.dev/': '' } }, ['matchLabels.kro.dev/: "" is not a valid label key']],
    ['a bad prefix', { matchLabels: { 'Kro_dev/x': '' } }, ['matchLabels.Kro_dev/x: "Kro_dev" is not a DNS subdomain, as the prefix of a label key must be']],
    ['two slashes', { matchLabels: { 'a/b/c': '' } }, ['matchLabels.a/b/c: "b/c" is not a valid label key']],
    ['a value that is too long', { matchLabels: { a: 'x'.repeat(64) } }, [`matchLabels.a: "${'x'.repeat(64)}" is not a valid label value`]],
    ['In without values', expression('app', 'In'), ['matchExpressions.0.operator: values must be given for the operator In']],
    ['Exists with values', expression('app', 'Exists', 'x'), ['matchExpressions.0.operator: values must not be given for the operator Exists']],
    ['an unknown operator', expression('app', 'in', 'x'), ['matchExpressions.0.operator: "in" is not a valid label selector operator']],
    ['a bad value of an expression', expression('app', 'In', 'ok', '-x'), ['matchExpressions.0.values.1: "-x" is not a valid label value']],
  ]
  test.each(cases)('%s', (_name, selector, problems) => {
    expect(findSelectorProblems(selector).map(({ path, reason }) => `${path.join('.')}: ${reason}`)).toEqual(problems)
  })
})
