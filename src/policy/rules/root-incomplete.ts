import type { GraphChild } from '../../graph/model.ts'
import { graphParameters, rootKind } from '../parameters.ts'
import type { RuleConstraint } from '../rule.ts'
import { allowed, disallowed, sampleObjects } from '../sample/objects.ts'

/** No sample needs more children than this of one type; a graph that asks for more gets no sample of completeness. */
const MOST_SAMPLE_CHILDREN = 20

export const constraints: readonly RuleConstraint[] = [
  {
    suffix: 'policy',
    kinds: (graph) => [rootKind(graph)],
    parameters: graphParameters,
    samples: (graph) => {
      const { root, child, marks, syncSet } = sampleObjects(graph)
      const member = root({ labels: { 'kro.dev/graph': graph.name } })
      const required = graph.children.filter(isRequired)
      const copies = required.flatMap((type) =>
        Array.from({ length: type.count.min }, (_, index) => {
          const base = child(type, { labels: marks(type) })
          const name = `${type.id.toLowerCase()}-${index + 1}`
          return { id: type.id, name, object: { ...base, metadata: { ...(base['metadata'] as object), name } } }
        }),
      )
      const inventory = Object.fromEntries(copies.map(({ name, object }) => [name, object]))
      const all = [...Object.keys(inventory), 'syncset']
      const manageable = copies.length <= MOST_SAMPLE_CHILDREN
      return {
        inventory: { ...(manageable && inventory), syncset: syncSet(['children']) },
        samples: [
          ...(manageable ? [allowed('complete', member, all)] : []),
          allowed('not-a-member', root(), ['syncset']),
          allowed('children-not-synced', member),
          ...(manageable
            ? required.map((type) =>
                disallowed(
                  `without-${type.id.toLowerCase()}`,
                  member,
                  type.kind,
                  all.filter((name) => !copies.some((copy) => copy.id === type.id && copy.name === name)),
                ),
              )
            : []),
        ],
      }
    },
  },
]

function isRequired(type: GraphChild): boolean {
  return type.includeWhen.length === 0 && type.count.min > 0
}
