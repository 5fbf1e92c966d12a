import { escapeControls } from '../../diagnostic/index.ts'
import { MAX_DEPTH } from '../bounds.ts'
import { type ChildDraft, type GraphDraft, typeKey } from '../draft.ts'
import { reportError, reportWarning } from '../report.ts'

/** Names of a path that are shown. */
const SHOWN = 8

/** One graph whose child is another's root. */
interface Link {
  readonly child: ChildDraft
  readonly target: Node
}

interface Node {
  readonly draft: GraphDraft
  readonly links: Link[]
  /** How many graphs point here and are not yet worked off. */
  incoming: number
  /** Graphs in a row from here on, and the next one on that way. */
  depth: number
  next?: Node
  state: 'new' | 'open' | 'done'
}

/** Finds cycles across graphs and chains that are too deep, in time linear to graphs and children. */
export function checkChains(drafts: readonly GraphDraft[]): void {
  const nodes = linkGraphs(drafts)
  findCycles(nodes)
  const roots = nodes.filter(({ incoming }) => incoming === 0)
  for (const node of roots) {
    if (node.depth <= MAX_DEPTH) continue
    const path: Node[] = []
    for (let at: Node | undefined = node; at !== undefined; at = at.next) path.push(at)
    const link = node.links.find(({ target }) => target === node.next)
    reportWarning(
      node.draft.report,
      'GG138',
      { path: placeOf(link) },
      `a chain of ${node.depth} graphs begins here, more than ${MAX_DEPTH}: ${describeNodes(path)}`,
      'start narrow: a root should reach its last descendants in few steps',
    )
  }
}

function linkGraphs(drafts: readonly GraphDraft[]): Node[] {
  const nodes = drafts.map((draft): Node => ({ draft, links: [], incoming: 0, depth: 1, state: 'new' }))
  const owners = new Map<string, Node>()
  for (const node of nodes) {
    const { root } = node.draft
    if (root !== undefined && !owners.has(typeKey(root))) owners.set(typeKey(root), node)
  }
  for (const node of nodes) {
    for (const child of node.draft.children) {
      const target = child.type && owners.get(typeKey(child.type))
      if (target === undefined || target === node || node.links.some((link) => link.target === target)) continue
      node.links.push({ child, target })
      target.incoming++
    }
  }
  return nodes
}

/** Depth first, without recursion: a chain may be as long as the input has graphs. Measures depths on the way. */
function findCycles(nodes: readonly Node[]): void {
  for (const start of nodes) {
    if (start.state !== 'new') continue
    const trail: { node: Node; at: number }[] = [{ node: start, at: 0 }]
    start.state = 'open'
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const link = top.node.links[top.at++]
      if (link === undefined) {
        closeNode(top.node)
        trail.pop()
      } else if (link.target.state === 'open') {
        const path = trail.map(({ node }) => node)
        reportCycle(path.slice(path.indexOf(link.target)))
      } else if (link.target.state === 'new') {
        link.target.state = 'open'
        trail.push({ node: link.target, at: 0 })
      }
    }
  }
}

function closeNode(node: Node): void {
  for (const { target } of node.links) {
    if (target.state !== 'done' || target.depth < node.depth) continue
    node.depth = target.depth + 1
    node.next = target
  }
  node.state = 'done'
}

/** Said once, at the graph of the cycle that the search met first; none of its graphs can be used. */
function reportCycle(cycle: readonly Node[]): void {
  const [first, second] = cycle
  if (first === undefined) return
  for (const { draft } of cycle) draft.report.invalid = true
  const link = first.links.find(({ target }) => target === second)
  reportError(
    first.draft.report,
    'GG132',
    { path: placeOf(link) },
    `graphs form a cycle: ${describeNodes([...cycle, first])}`,
    'remove the child that leads back',
  )
}

function placeOf(link: Link | undefined): (string | number)[] {
  return link === undefined ? ['spec', 'children'] : ['spec', 'children', link.child.index, 'kind']
}

function describeNodes(path: readonly Node[]): string {
  const names = path.map(({ draft }) => escapeControls((draft.name ?? '(no name)').slice(0, 80)))
  const half = SHOWN / 2
  return (names.length > SHOWN ? [...names.slice(0, half), '…', ...names.slice(-half)] : names).join(' -> ')
}
