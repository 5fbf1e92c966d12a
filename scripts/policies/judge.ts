// What a rule says of a sample, in the words that a user will read: by the same engine and WASM that `graphgate test` runs.
import { assetPath } from '../../src/assets/index.ts'
import { buildInventory, createEngine, isAdmissionReview, openCatalogue, readAdmissionReview, readConstraint, readTemplate, reviewObject } from '../../src/gatekeeper/index.ts'
import { type InputDocument, type JsonObject, parseDocuments } from '../../src/input/index.ts'
import { emitYaml } from '../../src/policy/pack/emit.ts'
import type { Sample, SampleSet } from '../../src/policy/rule.ts'

/** @returns the message of the sample's violation. @throws Error if the rule finds none, or nothing can be judged. */
export async function messageOf(templateText: string, constraintObject: JsonObject, sample: Sample, inventory: SampleSet['inventory']): Promise<string> {
  const { template } = await readTemplate(documentOf(templateText))
  const constraint = template && readConstraint(documentOf(emitYaml(constraintObject)), template).constraint
  const program = template && openCatalogue(assetPath('policies'))(template)
  if (constraint === undefined || program === undefined || !('entrypoint' in program)) throw new Error(`${sample.name} cannot be judged`)
  const objects = (sample.inventory ?? []).map((name) => inventory[name] ?? {})
  const [verdict] = createEngine([{ constraint, program }]).review(reviewOf(sample.object), buildInventory(objects).inventory)
  const message = verdict?.violations[0]?.msg
  if (message === undefined) throw new Error(`${sample.name} is allowed, but should not be`)
  return message
}

function reviewOf(object: JsonObject): ReturnType<typeof reviewObject> {
  if (!isAdmissionReview(object)) return reviewObject(object)
  const read = readAdmissionReview(documentOf(emitYaml(object)))
  if (!('review' in read)) throw new Error(read.diagnostics.map(({ message }) => message).join('; '))
  return read.review
}

function documentOf(text: string): InputDocument {
  const [document] = parseDocuments(text, 'sample.yaml').documents
  if (document === undefined) throw new Error('an empty document')
  return document
}
