import { readFile } from 'node:fs/promises'
import { assetPath } from '../assets/index.ts'
import type { Rule } from './rule.ts'

/** Reads the built ConstraintTemplates of the catalogue, whole files by rule name. */
export async function readTemplates(rules: readonly Rule[]): Promise<Map<string, string>> {
  const texts = await Promise.all(rules.map((rule) => readFile(assetPath('policies', rule.name, 'template.yaml'), 'utf8')))
  return new Map(rules.map((rule, index) => [rule.name, texts[index] ?? '']))
}
