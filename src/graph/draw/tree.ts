import { escapeControls } from '../../diagnostic/index.ts'
import { typeKey } from '../draft.ts'
import type { ResourceGraph } from '../model.ts'
import { describeChild, describeType, graphsByRoot, topGraphs } from './order.ts'

/** Deeper than this a tree is wider than any screen; what lies below is drawn as a tree of its own. */
const MOST_LEVELS = 50

/** Draws graphs as a text tree; a graph that a child chains into stands below that child, the first time it is met. */
export function drawTree(graphs: readonly ResourceGraph[]): string {
  const byRoot = graphsByRoot(graphs)
  const drawn = new Set<ResourceGraph>()
  const trees: string[] = []
  for (const graph of topGraphs(graphs)) {
    if (drawn.has(graph)) continue
    const lines = [`${graph.name}: ${describeType(graph.root)}`]
    drawChildren(graph, byRoot, drawn, '', lines)
    trees.push(lines.map((line) => `${escapeControls(line)}\n`).join(''))
  }
  return trees.join('\n')
}

function drawChildren(
  graph: ResourceGraph,
  byRoot: ReadonlyMap<string,
  ResourceGraph>,
  drawn: Set<ResourceGraph>,
  indent: string,
  lines: string[],
): void {
  drawn.add(graph)
  for (const [index, child] of graph.children.entries()) {
    const last = index === graph.children.length - 1
    const next = byRoot.get(typeKey(child))
    const repeated = next !== undefined && drawn.has(next)
    const tooDeep = indent.length >= 3 * MOST_LEVELS
    const where = repeated ? ' (drawn above)' : tooDeep ? ' (drawn below)' : ''
    const chain = next === undefined ? '' : ` -> ${next.name}${where}`
    lines.push(`${indent}${last ? '└─' : '├─'} ${child.id}: ${describeType(child)} [${describeChild(child)}]${chain}`)
    if (next !== undefined && where === '') drawChildren(next, byRoot, drawn, `${indent}${last ? '   ' : '│  '}`, lines)
  }
}
