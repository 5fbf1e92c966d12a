import { createTwoFilesPatch } from 'diff'
import picocolors from 'picocolors'
import { escapeControls } from '../../diagnostic/index.ts'
import type { Comparison } from './compare.ts'

/** A unified diff from what is on disk to what the graphs say, files in order of their paths. */
export function diffPack({ missing, changed, extra }: Comparison, color: boolean): string {
  const files = [
    ...missing.map(({ path, text }) => ({ path, from: '/dev/null', to: `b/${path}`, before: '', after: text })),
    ...changed.map(({ path, text, before }) => ({ path, from: `a/${path}`, to: `b/${path}`, before, after: text })),
    ...extra.map(({ path, text }) => ({ path, from: `a/${path}`, to: '/dev/null', before: text, after: '' })),
  ]
  const patch = files
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ from, to, before, after }) => createTwoFilesPatch(from, to, before, after, undefined, undefined, { headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true } }))
    .join('')
  // What stands on disk may hold anything; a terminal must not obey it.
  const lines = patch.split('\n').map((line) => line.split('\t').map(escapeControls).join('\t'))
  return (color ? lines.map(paintLine) : lines).join('\n')
}

function paintLine(line: string): string {
  const colors = picocolors.createColors(true)
  if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(line)
  if (line.startsWith('@@')) return colors.cyan(line)
  if (line.startsWith('+')) return colors.green(line)
  return line.startsWith('-') ? colors.red(line) : line
}
