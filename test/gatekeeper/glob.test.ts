import { describe, expect, test } from 'vitest'
import { matchesGenerateName, matchesGlob } from '../../src/gatekeeper/glob.ts'

describe('a wildcard against a name', () => {
  const cases: [pattern: string, name: string, matches: boolean][] = [
    ['kube-system', 'kube-system', true],
    ['kube-system', 'kube-system-2', false],
    ['kube-system', 'Kube-System', false],
    ['', '', true],
    ['', 'x', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['***', 'a*b', true],
    ['***', 'ab', false],
    ['kube-*', 'kube-system', true],
    ['kube-*', 'kube-', true],
    ['kube-*', 'my-kube-system', false],
    ['*-system', 'kube-system', true],
    ['*-system', 'kube-system-2', false],
    ['*kube*', 'my-kube-system', true],
    ['*kube*', 'kube', true],
    ['*kube*', 'kub', false],
    ['kube-*-system', 'kube-x-system', false],
    ['kube-*-system', 'kube-*-system', true],
    ['system:*', 'system:node', true],
  ]
  test.each(cases)('%j and %j: %j', (pattern, name, matches) => {
    expect(matchesGlob(pattern, name)).toBe(matches)
  })
})

describe('a wildcard against a generateName', () => {
  const cases: [pattern: string, generateName: string, matches: boolean][] = [
    ['foo*', 'foo-', true],
    ['foo*', 'foo', true],
    ['foo*', 'my-foo-', false],
    ['*foo*', 'my-foo-', true],
    ['*foo', 'my-foo', false],
    ['foo', 'foo', false],
    ['foo-', 'foo-', false],
    ['*', '', true],
    ['**', 'x', true],
  ]
  test.each(cases)('%j and %j: %j', (pattern, generateName, matches) => {
    expect(matchesGenerateName(pattern, generateName)).toBe(matches)
  })
})
