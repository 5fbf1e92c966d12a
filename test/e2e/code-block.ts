import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../cli/run.ts'

/**
 * The fenced code block of a language below a heading of one of the repository's Markdown files, without its fences;
 * there must be just one. Tests run it, so that what the documentation shows is what works.
 */
export function readCodeBlock(file: string, heading: string, language: string): string {
  const sections = readFileSync(join(root, file), 'utf8').split(/^(?=#{1,6} )/m)
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, found]) => found === language)
  const [code] = blocks.map(([, , text]) => text)
  if (code === undefined || blocks.length > 1) throw new Error(`${file} must have one ${language} block below "${heading}"`)
  return code
}
