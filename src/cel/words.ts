/** Words that CEL keeps for itself (github.com/google/cel-spec doc/langdef.md, IDENT and RESERVED). */
const RESERVED: ReadonlySet<string> = new Set([
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop',
  'package', 'namespace', 'return', 'var', 'void', 'while',
])

/** Names that mean something in every expression: types, and the namespaces of CEL's own functions. */
export const STANDARD_NAMES: ReadonlySet<string> = new Set([
  'bool', 'bytes', 'double', 'dyn', 'int', 'list', 'map', 'null_type', 'string', 'timestamp', 'duration', 'type', 'uint', 'cel', 'google', 'optional',
])

/** What expressions call the root. */
export const ROOT_NAME = 'root'

/** True for words that no child can have as id. */
export function isReservedWord(name: string): boolean {
  return name === ROOT_NAME || RESERVED.has(name) || STANDARD_NAMES.has(name)
}
