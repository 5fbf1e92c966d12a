import { Schema, type ScalarTag, type Tags } from 'yaml'

const MAX_UINT64 = 2n ** 64n - 1n
const MIN_INT64 = -(2n ** 63n)

// Underscores may stand anywhere behind the first digit. `0o17` is octal, as is `017`.
const INTEGER =
  /^(?:[-+]_*)?(?:0_*[xX]_*[0-9a-fA-F][0-9a-fA-F_]*|0_*[oO]_*[0-7][0-7_]*|0_*[bB]_*[01][01_]*|0[0-7_]*|[1-9][0-9_]*)$/
// A number that begins with a dot is stricter about underscores.
const FLOAT =
  /^(?:(?:[-+]_*)?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE]_*(?:[-+]_*)?[0-9][0-9_]*)?|[-+]_*\._*[0-9][0-9_]*(?:[eE]_*(?:[-+]_*)?[0-9][0-9_]*)?|\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?)$/

/** Always a bigint, so that digits beyond 2^53 are noticed; what 64 bits cannot hold is a float. */
const integerTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: INTEGER,
  resolve(text) {
    const digits = text.replaceAll('_', '')
    const signed = /^[-+]/.test(digits)
    const body = signed ? digits.slice(1) : digits
    const magnitude = BigInt(/^0[0-7]/.test(body) ? `0o${body}` : body)
    const value = digits.startsWith('-') ? -magnitude : magnitude
    if (value >= MIN_INT64 && value <= (signed ? MAX_UINT64 >> 1n : MAX_UINT64)) return value
    return /^[0-9]+$/.test(body) ? parseFloatText(text, digits) : text
  },
}

const floatTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: FLOAT,
  resolve: (text) => parseFloatText(text, text.replaceAll('_', '')),
}

/** What no float can hold stays text. */
function parseFloatText(text: string, digits: string): number | string {
  const value = Number(digits)
  return Number.isFinite(value) ? value : text
}

/** Null, booleans, infinity and text as in YAML 1.1; its dates, base 60 numbers, sets and the like are text, maps and lists. */
function chooseTags(tags: Tags): Tags {
  const kept = /:(?:map|seq|str|null|bool)$/
  const standard = tags.filter((tag) => typeof tag === 'object' && (kept.test(tag.tag) || ('test' in tag && tag.test.test('.inf'))))
  return [...standard, integerTag, floatTag]
}

/**
 * What scalars mean to sigs.k8s.io/yaml: YAML 1.1 with its own numbers. One object for all documents, so that a `%YAML`
 * directive does not change it.
 */
export const KUBERNETES_SCHEMA: Schema = new Schema({ schema: 'yaml-1.1', customTags: chooseTags, merge: false, resolveKnownTags: false })
// The library looks names of tags up in it: `!<constructor>` must not find anything.
KUBERNETES_SCHEMA.knownTags = Object.create(null) as Schema['knownTags']
