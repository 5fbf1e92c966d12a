import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { graphgate, root } from '../cli/run.ts'
import { succeed } from './checkout.ts'

export interface UserRepository {
  readonly dir: string
  /** The one file of graphs. */
  readonly graph: string
}

/** What a user of graphgate has: the graph of the example, and the pack that it makes. */
export async function writeUserRepository(dir: string, graphs = 'graphs', pack = 'policy'): Promise<UserRepository> {
  mkdirSync(join(dir, graphs), { recursive: true })
  const graph = join(dir, graphs, 'mesh.yaml')
  copyFileSync(join(root, 'examples/service-mesh/base/graph.yaml'), graph)
  await succeed(graphgate(['generate', '-f', graphs, '-d', pack], { cwd: dir }))
  return { dir, graph }
}

/** A field that no graph has: invalid. */
export function breakGraph({ graph }: UserRepository): void {
  writeFileSync(graph, readFileSync(graph, 'utf8').replace('children:', 'childs:'))
}

/** A valid change that the pack does not have yet: the pack is stale. */
export function changeGraph({ graph }: UserRepository): void {
  writeFileSync(graph, `${readFileSync(graph, 'utf8')}  policy: { enforcementAction: warn }\n`)
}
