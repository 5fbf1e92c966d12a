import { expect } from 'vitest'
import { buildInventory, readAdmissionReview } from '../../../src/gatekeeper/index.ts'
import { parseDocuments } from '../../../src/input/index.ts'
import type { KubectlResult } from '../stack/kubectl.ts'
import type { Stack } from '../stack/stack.ts'
import { nameForKubectl, type TestObject } from './objects.ts'
import { readFix } from './fix.ts'
import type { PackEngine } from './pack-engine.ts'
import { inNamespace, readObject, readStored } from './stored.ts'

/** What Gatekeeper's webhook answers: lines such as `[service-mesh-graph-policy] ServiceMesh mesh/bare is no …`, sorted. */
interface Lines {
  denied: string[]
  warned: string[]
}

/** The answer, and what only graphgate knows of it. */
export interface Answer extends Lines {
  /** The commands in the details of all that is denied or warned of, in order of the messages. */
  fixes: string[]
}

/** The answer to a request that nothing speaks against. */
export const PASSES: Answer = { denied: [], warned: [], fixes: [] }

type GateUser = 'alice' | 'controller'

interface Request {
  operation: 'CREATE' | 'UPDATE' | 'DELETE'
  user: GateUser
  object?: TestObject
  oldObject?: TestObject
  kubectl: string[]
  stdin?: string
}

/**
 * Sends requests to the real Gatekeeper through kubectl. Every answer is compared with that of graphgate's own engine to
 * the same request, message for message, and where they differ the test fails.
 */
export interface Gate {
  create(object: TestObject, user: GateUser, options?: { dryRun?: boolean }): Promise<Answer>
  /** Replaces what is stored by an edited copy. */
  update(object: TestObject, user: GateUser, edit: (copy: TestObject) => void): Promise<Answer>
  /** Does not wait until the object is gone: it may have finalizers. */
  remove(object: TestObject, user: GateUser, options?: { dryRun?: boolean }): Promise<Answer>
}

const USERS: Record<GateUser, object> = {
  alice: { username: 'alice', groups: ['developers', 'system:authenticated'] },
  controller: { username: 'system:serviceaccount:graphgate-system:graphgate-controller', groups: ['system:serviceaccounts', 'system:authenticated'] },
}

/** Makes a gate for a stack on which this pack, and no other, is installed. */
export function createGate(stack: Stack, engine: PackEngine): Gate {
  const admission = engine('validation.gatekeeper.sh')

  const send = async (request: Request): Promise<Answer> => {
    const { inventory } = buildInventory(await readStored(stack))
    const { user, stdin = '' } = request
    const answer = readAnswer(await stack.kubectl(request.kubectl, { user, stdin }))
    const predicted: Lines = { denied: [], warned: [] }
    const told: { msg: string; fix: string }[] = []
    for (const { constraint, actions, violations, error } of admission.review(makeReview(request), inventory)) {
      if (error !== undefined) throw new Error(error)
      const lines = violations.map(({ msg }) => `[${constraint.name}] ${msg}`)
      if (actions.includes('deny')) predicted.denied.push(...lines)
      if (actions.includes('warn')) predicted.warned.push(...lines)
      told.push(...violations.map((violation) => ({ msg: violation.msg, fix: readFix(violation) })))
    }
    expect(sortLines(predicted), 'what graphgate says, compared with Gatekeeper').toEqual(answer)
    return { ...answer, fixes: told.sort((a, b) => (a.msg < b.msg ? -1 : 1)).map(({ fix }) => fix) }
  }

  const dry = ({ dryRun = false }: { dryRun?: boolean } = {}): string[] => (dryRun ? ['--dry-run=server'] : [])
  return {
    create: (object, user, options) =>
      send({ operation: 'CREATE', user, object, kubectl: ['create', '-f', '-', ...dry(options)], stdin: JSON.stringify(object) }),
    update: async (object, user, edit) => {
      const oldObject = await readObject(stack, object)
      const copy = structuredClone(oldObject)
      edit(copy)
      return send({ operation: 'UPDATE', user, object: copy, oldObject, kubectl: ['replace', '-f', '-'], stdin: JSON.stringify(copy) })
    },
    remove: async (object, user, options) => {
      const kubectl = ['delete', nameForKubectl(object), ...inNamespace(object), '--wait=false', ...dry(options)]
      return send({ operation: 'DELETE', user, oldObject: await readObject(stack, object), kubectl })
    },
  }
}

function makeReview({ operation, user, object, oldObject }: Request): Parameters<ReturnType<PackEngine>['review']>[0] {
  const { name, namespace } = (object ?? oldObject)?.metadata ?? {}
  const request = { uid: 'any', operation, userInfo: USERS[user], name, namespace, object, oldObject }
  const text = JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request })
  const [document] = parseDocuments(text, 'request').documents
  const read = document === undefined ? undefined : readAdmissionReview(document)
  if (read === undefined || !('review' in read)) throw new Error(`graphgate takes no such request: ${JSON.stringify(read)}`)
  return read.review
}

const DENIAL = 'admission webhook "validation.gatekeeper.sh" denied the request: '

/** Reads the answer out of what kubectl prints. A failure that is no denial throws. */
function readAnswer({ code, stderr }: KubectlResult): Lines {
  const [before = '', denial] = stderr.split(DENIAL)
  if (code !== 0 && denial === undefined) throw new Error(stderr)
  return sortLines({
    denied: denial?.trimEnd().split('\n') ?? [],
    warned: before.split('\n').flatMap((line) => /^Warning: (.*)$/.exec(line)?.[1] ?? []),
  })
}

function sortLines({ denied, warned }: Lines): Lines {
  return { denied: denied.sort(), warned: warned.sort() }
}
