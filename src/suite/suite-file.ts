import { quote, type Diagnostic } from '../diagnostic/index.ts'
import { isJsonObject, type InputDocument, type JsonObject, type JsonValue, type Path } from '../input/index.ts'

/** A Suite, `test.gatekeeper.sh`. Paths are as written, relative to the suite; steps lead to what they were read from. */
export interface Suite {
  readonly skip: boolean
  readonly tests: readonly SuiteTest[]
  readonly document: InputDocument
}

export interface SuiteTest {
  readonly name: string
  readonly template: string
  readonly constraint: string
  readonly expansion: string
  /** The constraint is expected to be refused by its schema; then the cases are not run. */
  readonly invalid: boolean
  readonly skip: boolean
  readonly cases: readonly SuiteCase[]
  readonly path: Path
}

export interface SuiteCase {
  readonly name: string
  readonly object: string
  readonly inventory: readonly string[]
  readonly assertions: readonly SuiteAssertion[]
  readonly skip: boolean
  readonly path: Path
}

export interface SuiteAssertion {
  /** Undefined is "yes". A string that is neither "yes" nor "no", or a negative number, is a mistake of its case alone. */
  readonly violations: number | string | undefined
  readonly message: string | undefined
  readonly path: Path
}

const SUITE_FIELDS = ['apiVersion', 'kind', 'metadata', 'skip', 'tests']
const TEST_FIELDS = ['name', 'template', 'constraint', 'expansion', 'cases', 'invalid', 'skip']
const CASE_FIELDS = ['name', 'object', 'inventory', 'assertions', 'skip']
const ASSERTION_FIELDS = ['violations', 'message']

/** Whether a document is a Suite, of whatever version: gator looks at the group alone. */
export function isSuite(value: JsonValue): value is JsonObject {
  if (!isJsonObject(value)) return false
  const { apiVersion, kind } = value
  return typeof apiVersion === 'string' && /^test\.gatekeeper\.sh\/[^/]*$/.test(apiVersion) && kind === 'Suite'
}

/**
 * Reads a Suite.
 *
 * @param text the file's text: gator reads `yes` and `no` as the strings that they look like
 * @returns no suite where a field has the wrong type (GG403); unknown fields are warnings (GG404)
 */
export function readSuite(document: InputDocument, text: string): { suite?: Suite; diagnostics: Diagnostic[] } {
  const reader = new SuiteReader(document, text)
  const suite = reader.suite()
  const failed = reader.diagnostics.some(({ severity }) => severity === 'error')
  return failed ? { diagnostics: reader.diagnostics } : { suite, diagnostics: reader.diagnostics }
}

class SuiteReader {
  readonly diagnostics: Diagnostic[] = []
  readonly #document: InputDocument
  readonly #text: string

  constructor(document: InputDocument, text: string) {
    this.#document = document
    this.#text = text
  }

  suite(): Suite {
    const value = this.#map(this.#document.value, [], SUITE_FIELDS)
    return {
      skip: this.#flag(value, [], 'skip'),
      tests: this.#list(value, [], 'tests').map((item, index) => this.#test(item, ['tests', index])),
      document: this.#document,
    }
  }

  #test(item: JsonValue, path: Path): SuiteTest {
    const value = this.#map(item, path, TEST_FIELDS)
    return {
      name: this.#string(value, path, 'name') ?? '',
      template: this.#string(value, path, 'template') ?? '',
      constraint: this.#string(value, path, 'constraint') ?? '',
      expansion: this.#string(value, path, 'expansion') ?? '',
      invalid: this.#flag(value, path, 'invalid'),
      skip: this.#flag(value, path, 'skip'),
      cases: this.#list(value, path, 'cases').map((entry, index) => this.#case(entry, [...path, 'cases', index])),
      path,
    }
  }

  #case(item: JsonValue, path: Path): SuiteCase {
    const value = this.#map(item, path, CASE_FIELDS)
    return {
      name: this.#string(value, path, 'name') ?? '',
      object: this.#string(value, path, 'object') ?? '',
      inventory: this.#strings(value, path, 'inventory'),
      assertions: this.#list(value, path, 'assertions').map((entry, index) => this.#assertion(entry, [...path, 'assertions', index])),
      skip: this.#flag(value, path, 'skip'),
      path,
    }
  }

  #assertion(item: JsonValue, path: Path): SuiteAssertion {
    const value = this.#map(item, path, ASSERTION_FIELDS)
    return { violations: this.#count(value, path), message: this.#string(value, path, 'message'), path }
  }

  #count(value: JsonObject, path: Path): number | string | undefined {
    const found = value['violations'] ?? null
    if (found === null) return undefined
    if (typeof found === 'string') return found
    if (typeof found === 'number' && Number.isInteger(found) && Math.abs(found) < 2 ** 31) return found
    const word = typeof found === 'boolean' ? this.#word([...path, 'violations']) : undefined
    if (word === undefined) this.#mistyped([...path, 'violations'], 'a whole number, "yes" or "no"')
    return word
  }

  #map(value: JsonValue, path: Path, fields: readonly string[]): JsonObject {
    if (value === null) return {}
    if (!isJsonObject(value)) {
      this.#mistyped(path, 'a map')
      return {}
    }
    for (const key of Object.keys(value)) {
      if (!fields.includes(key)) this.#report([...path, key], 'GG404', 'warning', `unknown field ${quote(key)} is ignored`, `fields here are: ${fields.join(', ')}`)
    }
    return value
  }

  #list(value: JsonObject, path: Path, key: string): readonly JsonValue[] {
    const found = this.#own(value, key)
    if (Array.isArray(found)) return found
    if (found !== null) this.#mistyped([...path, key], 'a list')
    return []
  }

  #strings(value: JsonObject, path: Path, key: string): string[] {
    return this.#list(value, path, key).map((item, index) => this.#scalar(item, [...path, key, index]) ?? '')
  }

  #string(value: JsonObject, path: Path, key: string): string | undefined {
    return this.#scalar(this.#own(value, key), [...path, key])
  }

  #scalar(found: JsonValue, path: Path): string | undefined {
    if (found === null) return undefined
    if (typeof found === 'string') return found
    const word = typeof found === 'boolean' ? this.#word(path) : undefined
    if (word === undefined) this.#mistyped(path, 'a string')
    return word
  }

  #flag(value: JsonObject, path: Path, key: string): boolean {
    const found = this.#own(value, key)
    if (typeof found !== 'boolean' && found !== null) this.#mistyped([...path, key], 'true or false')
    return found === true
  }

  #own(value: JsonObject, key: string): JsonValue {
    return Object.hasOwn(value, key) ? (value[key] ?? null) : null
  }

  /**
   * The word behind a boolean, where it is one that YAML 1.2 takes for a string. Kubernetes reads YAML 1.1, where `no` is
   * false; gator reads suites as YAML 1.2.
   */
  #word(path: Path): string | undefined {
    const { line, column, endLine, endColumn } = this.#document.locate(path)
    if (endLine !== line || endColumn === undefined) return undefined
    const word = this.#text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)
    return word !== undefined && /^(?:y|n|yes|no|on|off)$/i.test(word) ? word : undefined
  }

  #mistyped(path: Path, wanted: string): void {
    const where = path.length === 0 ? 'a Suite' : path.join('.')
    this.#report(path, 'GG403', 'error', `${where} must be ${wanted}`, 'correct the value')
  }

  #report(path: Path, code: string, severity: 'error' | 'warning', message: string, hint: string): void {
    const position = this.#document.locate(path, code === 'GG404' ? 'key' : 'value')
    this.diagnostics.push({ code, severity, message, hint, position, frame: this.#document.frame(position) })
  }
}
