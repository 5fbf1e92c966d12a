import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphgate, run, scratch } from '../cli/run.ts'
import { generatePack, GRAPHS, listSuites, readObjects, readSuite, rewriteSuite } from './packs.ts'
import { lacksTools, requireTool } from './tools.ts'

interface Seen {
  constraint: string
  action: string
  msg: string
}

interface Result {
  suites: { path: string; tests: { name: string; cases: { name: string; violations: Seen[] }[] }[] }[]
}

interface GatorResult {
  msg: string
  constraint: { kind: string; metadata: { name: string } }
  enforcementAction: string
  scopedActions?: string[]
  violatingObject: { kind: string; metadata: { name: string } }
}

describe.skipIf(lacksTools('gator'))('generated packs, by graphgate and by gator', () => {
  describe.each(Object.entries(GRAPHS))('%s', (_name, graphs) => {
    const { dir, remove } = scratch()
    const seen = new Map<string, Seen[]>()
    const keyOf = (...parts: string[]): string => parts.join(' / ')
    beforeAll(async () => {
      await generatePack(graphs, dir)
    })
    afterAll(remove)

    it('passes its suites in both', async () => {
      const ours = await graphgate(['test', `${dir}/...`])
      expect(ours).toMatchObject({ code: 0, stderr: '' })
      const theirs = await run(requireTool('gator'), ['verify', `${dir}/...`])
      expect({ code: theirs.code, problems: theirs.stdout.split('\n').filter((line) => line !== '' && !/^(ok|PASS)/.test(line)) }).toEqual({ code: 0, problems: [] })
    })

    it('judges every sample with the same messages', async () => {
      // Where no violation is expected at all, our result shows every violation that there is.
      for (const path of listSuites(dir)) rewriteSuite(path, () => [{ violations: 0 }])
      const { stdout } = await graphgate(['test', `${dir}/...`, '-o', 'json'])
      const result = JSON.parse(stdout) as Result
      for (const suite of result.suites) {
        for (const test of suite.tests) {
          for (const { name, violations } of test.cases) seen.set(keyOf(suite.path, test.name, name), violations)
        }
      }
      expect([...seen.values()].filter((violations) => violations.length > 0).length).toBeGreaterThan(5)
      // And gator must find exactly these, word for word.
      for (const path of listSuites(dir)) {
        rewriteSuite(path, (test, name) => {
          const violations = seen.get(keyOf(path, test, name)) ?? []
          const exact = violations.map(({ msg }) => ({ violations: 1, message: `^${msg.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')}$` }))
          return [{ violations: violations.length }, ...exact]
        })
      }
      const theirs = await run(requireTool('gator'), ['verify', `${dir}/...`])
      expect(theirs.stdout.split('\n').filter((line) => line !== '' && !/^(ok|PASS)/.test(line))).toEqual([])
    })

    it('judges every plain object as gator test does', async () => {
      let compared = 0
      for (const path of listSuites(dir)) {
        for (const test of readSuite(path).tests) {
          for (const { name, object, inventory = [] } of test.cases) {
            const file = (relative: string): string => join(dirname(path), relative)
            const [sample] = readObjects(file(object)) as { kind: string; metadata: { name: string } }[]
            if (sample === undefined || sample.kind === 'AdmissionReview') continue
            const files = [test.template, test.constraint, object, ...inventory].flatMap((relative) => ['-f', file(relative)])
            const { stdout } = await run(requireTool('gator'), ['test', ...files, '-o', 'json'])
            const theirs = ((JSON.parse(stdout) ?? []) as GatorResult[])
              .filter(({ violatingObject }) => violatingObject.kind === sample.kind && violatingObject.metadata.name === sample.metadata.name)
              .map(({ msg, constraint, enforcementAction, scopedActions = [] }) => ({
                constraint: `${constraint.kind}/${constraint.metadata.name}`,
                action: enforcementAction === 'scoped' ? scopedActions.join() : enforcementAction,
                msg,
              }))
            expect({ name, violations: seen.get(keyOf(path, test.name, name)) }).toEqual({ name, violations: theirs })
            compared++
          }
        }
      }
      expect(compared).toBeGreaterThan(15)
    })
  })
})
