import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// docs/architecture.md draws the same arrows.
const ALLOWED: Record<string, string[]> = {
  assets: [],
  diagnostic: [],
  result: [],
  input: ['diagnostic'],
  cel: ['diagnostic'],
  graph: ['cel', 'diagnostic', 'input'],
  policy: ['assets', 'cel', 'diagnostic', 'graph', 'input'],
  gatekeeper: ['assets', 'diagnostic', 'input'],
  suite: ['assets', 'diagnostic', 'gatekeeper', 'input', 'result'],
  report: ['diagnostic', 'result'],
  cli: ['assets', 'cel', 'diagnostic', 'gatekeeper', 'graph', 'input', 'policy', 'report', 'result', 'suite'],
}

const source = resolve(import.meta.dirname, '../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** Files below src that a file imports, statically or not. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8')
  const paths = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) => path ?? '')
  return paths.map((path) => relative(source, resolve(source, dirname(file), path)))
}

const moduleOf = (file: string): string => file.split('/')[0] ?? ''

describe('the arrows between modules', () => {
  it('knows every module', () => {
    const modules = new Set(files.filter((file) => file.includes('/')).map(moduleOf))
    expect([...modules].sort()).toEqual(Object.keys(ALLOWED).sort())
  })

  it.each(Object.entries(ALLOWED))('%s imports only what lies below it', (module, allowed) => {
    const wrong = files
      .filter((file) => moduleOf(file) === module && file.includes('/'))
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => moduleOf(target) !== module && !allowed.includes(moduleOf(target)))
    expect(wrong).toEqual([])
  })

  it('has no cycle between files', () => {
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (done.has(file) || path.includes(file)) return
      for (const target of importsOf(file)) visit(target, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('finds the imports that it judges', () => {
    expect(importsOf('cli/generate.ts')).toContain('policy/index.ts')
  })
})
