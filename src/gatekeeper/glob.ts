// Gatekeeper's wildcards (pkg/wildcard): a star at the front, at the end, or both. There is no star in the middle.

/** Whether a name matches: `*x*` contains, `*x` ends with, `x*` begins with, anything else is equality. */
export function matchesGlob(pattern: string, name: string): boolean {
  const front = pattern.startsWith('*')
  const end = pattern.endsWith('*')
  if (front && end) return name.includes(middle(pattern))
  if (front) return name.endsWith(pattern.slice(1))
  if (end) return name.startsWith(pattern.slice(0, -1))
  return name === pattern
}

/** Whether every name made from a generateName matches, which takes a star at the end. */
export function matchesGenerateName(pattern: string, generateName: string): boolean {
  if (!pattern.endsWith('*')) return false
  return pattern.startsWith('*') ? generateName.includes(middle(pattern)) : generateName.startsWith(pattern.slice(0, -1))
}

/** Without the outer stars; `*` alone has nothing between them. */
function middle(pattern: string): string {
  return pattern.slice(1).replace(/\*$/, '')
}
