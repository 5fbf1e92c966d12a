import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderText } from '../../src/diagnostic/index.ts'
import { GRAPH_CODES } from '../../src/graph/index.ts'
import { loadText } from './read.ts'

// Each case is a file and, beside it, all that is said of it. The name begins with the code that the case is about.
const folder = join(import.meta.dirname, 'invalid')
const cases = readdirSync(folder).filter((file) => file.endsWith('.yaml'))

/** Made by load.test.ts and hostile.test.ts: they take no document, or thousands. */
const ELSEWHERE = ['GG139', 'GG199']

describe('bad input', () => {
  it.each(cases)('%s', async (file) => {
    const { diagnostics } = await loadText(readFileSync(join(folder, file), 'utf8'), file)
    expect(diagnostics.map(({ code }) => code)).toContain(file.slice(0, 5))
    await expect(renderText(diagnostics, { color: false })).toMatchFileSnapshot(join(folder, file.replace(/yaml$/, 'txt')))
  })

  it('covers every code', () => {
    expect([...new Set([...cases.map((file) => file.slice(0, 5)), ...ELSEWHERE])].sort()).toEqual(Object.keys(GRAPH_CODES).sort())
  })
})
