import { escapeControls } from '../../diagnostic/index.ts'
import { typeKey } from '../draft.ts'
import type { ResourceGraph } from '../model.ts'
import { describeChild, describeType, graphsByRoot, topGraphs } from './order.ts'

/** Draws graphs as a Mermaid flowchart: roots as rounded boxes, managed children with solid arrows, observed ones dotted. */
export function drawMermaid(graphs: readonly ResourceGraph[]): string {
  const byRoot = graphsByRoot(graphs)
  const sorted = topGraphs(graphs)
  const names = new Map(sorted.map((graph, index) => [graph, `g${index}`]))
  const lines = ['flowchart TD']
  for (const graph of sorted) lines.push(`  ${names.get(graph) ?? ''}(["${label(graph.name, describeType(graph.root))}"])`)
  for (const graph of sorted) {
    const from = names.get(graph) ?? ''
    for (const [index, child] of graph.children.entries()) {
      const arrow = child.template === undefined ? '-.->' : '-->'
      const next = byRoot.get(typeKey(child))
      if (next !== undefined && next !== graph) {
        lines.push(`  ${from} ${arrow}|"${label(child.id, describeChild(child))}"| ${names.get(next) ?? ''}`)
      } else {
        lines.push(`  ${from} ${arrow} ${from}c${index}["${label(child.id, describeType(child), describeChild(child))}"]`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

/** Text within quotes: Mermaid reads HTML entities there, written with # in place of &. */
function label(...rows: string[]): string {
  return rows.map((row) => escapeControls(row).replace(/[#"&<>`\\[\](){}|]/g, (unit) => `#${unit.charCodeAt(0)};`)).join('<br/>')
}
