import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/input/index.ts'

const pieces = fc.constantFrom(' ', '  ', '\n', '\n\n', '\t', '\r', '\r\n', 'a', 'yes', '0644', '1_000', '12:30', '<<', '~', '#', ' #', ':', ': ', '- ', '? ', '---', '\n---\n', '...', '%', '@', '|', '>', '"', "'", '\\', '{', '}', '[', ']', ',', '&a', '*a', '!', '\u0000', '\u001b', '\u007f', '\u0085', '\u00a0', '\u2028', '\ufeff', '\uffff', 'é', '😀')

/** Text of every kind: of the pieces that mean something to YAML, of any character, of many lines; no half surrogates. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', ':', '#', '"', '\t'), maxLength: 10 }), { maxLength: 6 }).map((lines) => lines.join('\n')),
)

const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)))

/** JSON objects with such texts as keys and values. Integers stay below 2^53. */
export const objects: fc.Arbitrary<JsonObject> = fc
  .letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
    value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, texts, numbers.filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value)), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), tie('object')),
    object: fc.dictionary(texts, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }))
  .object
