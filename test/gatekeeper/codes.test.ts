import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { GATEKEEPER_CODES } from '../../src/gatekeeper/codes.ts'
import { SUITE_CODES } from '../../src/suite/codes.ts'

/** The codes that a module's sources name, outside its table. */
function usedCodes(folder: string, pattern: RegExp): string[] {
  const root = fileURLToPath(new URL(`../../src/${folder}`, import.meta.url))
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && file !== 'codes.ts')
  return [...new Set(files.flatMap((file) => readFileSync(`${root}/${file}`, 'utf8').match(pattern) ?? []))].sort()
}

describe('every code that is used is explained, and every explanation is used', () => {
  test('GG3xx', () => {
    const used = new Set([...usedCodes('gatekeeper', /GG3\d\d/g), ...usedCodes('suite', /GG3\d\d/g)])
    expect([...used].sort()).toEqual(Object.keys(GATEKEEPER_CODES))
  })

  test('GG4xx', () => {
    expect(usedCodes('suite', /GG4\d\d/g)).toEqual(Object.keys(SUITE_CODES))
  })
})
