import { describe, expect, it } from 'vitest'
import { fitMatch } from '../../../src/policy/sample/fit-match.ts'

const anywhere = { namespace: 'default', labels: {}, namespaceLabels: undefined, selectable: true }

describe('fitMatch', () => {
  it.each([
    ['no match', {}, anywhere],
    ['a namespace', { namespaces: ['prod'] }, { ...anywhere, namespace: 'prod' }],
    ['a prefix', { namespaces: ['team-*'] }, { ...anywhere, namespace: 'team-sample' }],
    ['a suffix', { namespaces: ['*-prod'] }, { ...anywhere, namespace: 'sample-prod' }],
    ['anything', { namespaces: ['*'] }, { ...anywhere, namespace: 'sample' }],
    ['an exclusion of the first choice', { excludedNamespaces: ['default'] }, { ...anywhere, namespace: 'sample' }],
    ['an exclusion inside a prefix', { namespaces: ['team-*'], excludedNamespaces: ['*-sample'] }, { ...anywhere, namespace: 'team-team-a' }],
    ['an exclusion of everything', { excludedNamespaces: ['*'] }, { ...anywhere, selectable: false }],
    ['an exclusion of all that is named', { namespaces: ['prod'], excludedNamespaces: ['pro*'] }, { ...anywhere, selectable: false }],
    ['labels', { labelSelector: { matchLabels: { tier: 'web' } } }, { ...anywhere, labels: { tier: 'web' } }],
    [
      'label expressions',
      {
        labelSelector: {
          matchExpressions: [
            { key: 'a', operator: 'In', values: ['x', 'y'] },
            { key: 'a', operator: 'NotIn', values: ['x'] },
            { key: 'b', operator: 'Exists' },
            { key: 'c', operator: 'DoesNotExist' },
          ],
        },
      },
      { ...anywhere, labels: { a: 'y', b: 'sample' } },
    ],
    [
      'labels that contradict each other',
      { labelSelector: { matchLabels: { a: 'x' }, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } },
      { ...anywhere, selectable: false },
    ],
    ['labels of the namespace', { namespaceSelector: { matchLabels: { env: 'prod' } } }, { ...anywhere, namespaceLabels: { env: 'prod' } }],
  ])('%s', (_name, match, expected) => {
    expect(fitMatch(match)).toEqual(expected)
  })
})
