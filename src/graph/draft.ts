import type { InputDocument } from '../input/document.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../input/json.ts'
import { createReport, type Report } from './report.ts'
import { isVersion, MAX_LIST } from './schema/forms.ts'

/**
 * A graph as far as it can be read: checks that compare children or graphs work on it, so that one wrong field hides
 * no other mistake. Nothing here is validated; what has the wrong type is absent.
 */
export interface GraphDraft {
  readonly report: Report
  readonly document: InputDocument
  readonly spec: JsonObject
  readonly name?: string
  readonly root?: TypeDraft
  readonly children: readonly ChildDraft[]
}

export interface TypeDraft {
  readonly apiGroup: string
  readonly kind: string
  readonly version?: string
}

export interface ChildDraft {
  /** Place in `spec.children`. */
  readonly index: number
  readonly value: JsonObject
  readonly type?: TypeDraft
  /** As given, else made of the kind; absent where neither is a string. */
  readonly id?: string
  readonly template?: JsonObject
}

export function draftGraph(document: InputDocument, value: JsonObject): GraphDraft {
  const spec = objectAt(value, 'spec') ?? {}
  const name = stringAt(objectAt(value, 'metadata') ?? {}, 'name')
  const root = draftType(objectAt(spec, 'root'))
  const children = fieldAt(spec, 'children')
  return {
    report: createReport(document),
    document,
    spec,
    ...(name !== undefined && { name }),
    ...(root !== undefined && { root }),
    // Longer lists are refused as such; the rest of them then does not matter.
    children: Array.isArray(children) ? children.slice(0, MAX_LIST).flatMap(draftChild) : [],
  }
}

function draftChild(value: JsonValue, index: number): ChildDraft[] {
  if (!isJsonObject(value)) return []
  const template = objectAt(value, 'template')
  const type = draftType(value, template)
  const id = fieldAt(value, 'id') === undefined ? defaultChildId(type?.kind) : stringAt(value, 'id')
  return [
    {
      index,
      value,
      ...(type !== undefined && { type }),
      ...(id !== undefined && { id }),
      ...(template !== undefined && { template }),
    },
  ]
}

function draftType(value: JsonObject | undefined, template?: JsonObject): TypeDraft | undefined {
  if (value === undefined) return undefined
  const apiGroup = stringAt(value, 'apiGroup')
  const kind = stringAt(value, 'kind')
  if (apiGroup === undefined || kind === undefined) return undefined
  const version = stringAt(value, 'version') ?? (template && templateVersion(template))
  return { apiGroup, kind, ...(version !== undefined && { version }) }
}

/** The version that a template's apiVersion states, if it is a literal. */
function templateVersion(template: JsonObject): string | undefined {
  const apiVersion = stringAt(template, 'apiVersion')
  const version = apiVersion?.slice(apiVersion.indexOf('/') + 1)
  return version !== undefined && isVersion(version) ? version : undefined
}

/** `VirtualService` gives `virtualService`, `HTTPRoute` gives `httpRoute`, `DNSName` `dnsName`, `API` `api`. */
export function defaultChildId(kind: string | undefined): string | undefined {
  if (kind === undefined) return undefined
  const joined = kind.replace(/-+(.?)/g, (_, letter: string) => letter.toUpperCase())
  return joined.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase())
}

/** The own field of a map; undefined where it is missing. */
export function fieldAt(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

export function objectAt(value: JsonObject, key: string): JsonObject | undefined {
  const field = fieldAt(value, key)
  return isJsonObject(field) ? field : undefined
}

export function stringAt(value: JsonObject, key: string): string | undefined {
  const field = fieldAt(value, key)
  return typeof field === 'string' ? field : undefined
}

/** The strings of a list; none where it is missing or no list. */
export function stringsAt(value: JsonObject, key: string): string[] {
  const field = fieldAt(value, key)
  return Array.isArray(field) ? field.filter((item) => typeof item === 'string') : []
}

/** What identifies a kind, whatever its version: `networking.istio.io/Gateway`. */
export function typeKey({ apiGroup, kind }: { apiGroup: string; kind: string }): string {
  return `${apiGroup}/${kind}`
}
