import { describe, expect, it } from 'vitest'
import { fitMatch } from '../../../src/policy/sample/fit-match.ts'

const anywhere = { namespace: 'default', labels: {}, namespaceLabels: undefined, selectable: true }

describe('fitMatch', () => {
  it.each([
    ['no match', {}, anywhere],
    ['a namespace', { namespaces: ['prod'] }, { ...anywhere, namespace: 'prod' }],
    ['a prefix', { namespaces: ['team-*'] }, { ...anywhere, namespace: 'team-default' }],
    ['a suffix', { namespaces: ['*-prod'] }, { ...anywhere, namespace: 'default-prod' }],
    ['anything', { namespaces: ['*'] }, anywhere],
    ['an empty list, which is anything', { namespaces: [] }, anywhere],
    ['an exclusion of all usual names', { excludedNamespaces: ['*a*'] }, { ...anywhere, namespace: 'x1' }],
    ['labels with names of JavaScript', { labelSelector: { matchExpressions: [{ key: 'constructor', operator: 'Exists' }, { key: 'toString', operator: 'DoesNotExist' }] } }, { ...anywhere, labels: { constructor: 'sample' } }],
    ['two sets of one key', { labelSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['x', 'z'] }, { key: 'a', operator: 'In', values: ['z'] }] } }, { ...anywhere, labels: { a: 'z' } }],
    ['a key that exists with another value', { labelSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }, { key: 'a', operator: 'NotIn', values: ['sample'] }] } }, { ...anywhere, labels: { a: 'other' } }],
    ['an exclusion of the first choice', { excludedNamespaces: ['default'] }, { ...anywhere, namespace: 'sample' }],
    ['an exclusion inside a prefix', { namespaces: ['team-*'], excludedNamespaces: ['*-default'] }, { ...anywhere, namespace: 'team-sample' }],
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
