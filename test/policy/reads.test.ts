import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { buildPack, catalogue, readTemplates } from '../../src/policy/index.ts'
import { runSuites } from '../../src/suite/index.ts'
import { scratch } from '../cli/run.ts'
import { meshGraph } from './graph.ts'
import type { ResourceGraph } from '../../src/graph/index.ts'

interface SyncSet {
  spec: { gvks: { group: string; version: string; kind: string }[] }
}

const { dir, remove } = scratch()
const suiteOf = (rule: string): string => join(dir, 'tests', rule.startsWith('graph-') ? '_cluster' : 'service-mesh-graph', rule)
const totals = async (rule: string) => (await runSuites([join(suiteOf(rule), 'suite.yaml')])).result.totals

beforeAll(async () => {
  const { files } = buildPack([meshGraph() as ResourceGraph], catalogue, await readTemplates(catalogue))
  for (const { path, text } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
})
afterAll(remove)

// A rule that reads a kind keeps silent where nobody syncs it. So each kind that it declares must make a difference.
describe.each(catalogue.filter(({ reads }) => reads.length > 0).map(({ name, reads }) => ({ name, reads })))('$name reads $reads', ({ name }) => {
  it('judges its samples right while everything is synced', async () => {
    expect(await totals(name)).toMatchObject({ fail: 0, error: 0 })
  })

  it('changes a verdict when any of the kinds is not synced', async () => {
    const file = join(suiteOf(name), 'samples/inventory-syncset.yaml')
    const text = readFileSync(file, 'utf8')
    const syncSet = parse(text) as SyncSet
    const kinds = syncSet.spec.gvks.filter(({ kind }) => kind !== 'SyncSet')
    expect(kinds).not.toEqual([])
    for (const dropped of kinds) {
      const gvks = syncSet.spec.gvks.filter((gvk) => gvk !== dropped)
      writeFileSync(file, stringify({ ...syncSet, spec: { gvks } }))
      const { fail, error } = await totals(name)
      expect({ dropped: dropped.kind, changed: fail > 0, error }).toEqual({ dropped: dropped.kind, changed: true, error: 0 })
    }
    writeFileSync(file, text)
  })
})

describe('the SyncSet of a graph', () => {
  it('lists the kinds that its rules read, and SyncSets', () => {
    const text = readFileSync(join(dir, 'graphs/service-mesh-graph/syncset.yaml'), 'utf8')
    expect((parse(text) as SyncSet).spec.gvks.map(({ kind }) => kind)).toEqual(['ServiceMesh', 'Gateway', 'VirtualService', 'SyncSet'])
  })
})
