import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { requireShared } from '../../oracle/tools.ts'

// What needs a kubelet or a controller manager, or what the stack provides itself.
const LEFT_OUT = new Set(['Deployment', 'PodDisruptionBudget', 'Secret', 'Service', 'ResourceQuota', 'MutatingWebhookConfiguration'])

/** Gatekeeper's shipped manifest, as this stack applies it. */
export interface GatekeeperManifest {
  /** Namespace, CRDs, RBAC. */
  resources: object[]
  /** The validating webhook configuration, for after the manager is ready. */
  webhook: object
}

interface ManifestObject {
  kind: string
}

interface WebhookConfiguration extends ManifestObject {
  webhooks: {
    name: string
    clientConfig: { service?: { path: string }; url?: string; caBundle?: string }
    failurePolicy: string
    timeoutSeconds: number
    rules: { operations: string[]; resources: string[] }[]
  }[]
}

/** Reads the manifest that came with the pinned Gatekeeper and turns its webhooks to a process on loopback. */
export function readGatekeeperManifest(url: string, caBundle: string): GatekeeperManifest {
  const text = readFileSync(requireShared('gatekeeper.yaml', 'gatekeeper'), 'utf8')
  const objects = [...parseAllDocuments(text)].map((document) => document.toJS() as ManifestObject)
  const webhook = objects.find(isValidatingConfiguration)
  if (webhook === undefined) throw new Error("Gatekeeper's manifest has no ValidatingWebhookConfiguration")
  redirectWebhooks(webhook, url, caBundle)
  return { resources: objects.filter((object) => object !== webhook && !LEFT_OUT.has(object.kind)), webhook }
}

function isValidatingConfiguration(object: ManifestObject): object is WebhookConfiguration {
  return object.kind === 'ValidatingWebhookConfiguration'
}

function redirectWebhooks(configuration: WebhookConfiguration, url: string, caBundle: string): void {
  for (const webhook of configuration.webhooks) {
    webhook.clientConfig = { url: url + (webhook.clientConfig.service?.path ?? ''), caBundle }
    webhook.timeoutSeconds = 10
    if (webhook.name !== 'validation.gatekeeper.sh') continue
    // Shipped: Ignore, and no DELETE. Here a webhook that fails must be seen, and there are rules about deletion.
    webhook.failurePolicy = 'Fail'
    for (const rule of webhook.rules) rule.operations = ['CREATE', 'UPDATE', 'DELETE']
  }
}
