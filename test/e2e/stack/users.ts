import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Who a test can be: `admin` is above all rights, `alice` a person and `controller` graphgate's service account (both
 * with all rights, so that only a policy refuses them), `gatekeeper` has what Gatekeeper's own manifest grants it.
 */
export type StackUser = 'admin' | 'alice' | 'controller' | 'gatekeeper'

interface Identity {
  username: string
  groups: string[]
}

const serviceAccount = (namespace: string, name: string): Identity => ({
  username: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
})

const IDENTITIES: Record<StackUser, Identity> = {
  admin: { username: 'admin', groups: ['system:masters'] },
  alice: { username: 'alice', groups: ['developers'] },
  controller: serviceAccount('graphgate-system', 'graphgate-controller'),
  gatekeeper: serviceAccount('gatekeeper-system', 'gatekeeper-admin'),
}

/** The credentials of the stack's users. */
export interface Users {
  /** The API server's token file. */
  readonly tokenFile: string
  /** A kubeconfig with this user's token. */
  readonly kubeconfig: (user: StackUser) => string
}

/** Writes a token for every user, and a kubeconfig with it for the API server at this URL. */
export function createUsers(directory: string, server: string, certificate: string): Users {
  const kubeconfig = (user: StackUser): string => join(directory, `${user}.kubeconfig`)
  const lines = Object.entries(IDENTITIES).map(([user, { username, groups }]) => {
    const token = randomBytes(16).toString('hex')
    const config = describeKubeconfig(user, token, server, certificate)
    writeFileSync(kubeconfig(user as StackUser), JSON.stringify(config), { mode: 0o600 })
    return `${token},${username},${user},"${groups.join(',')}"\n`
  })
  const tokenFile = join(directory, 'tokens.csv')
  writeFileSync(tokenFile, lines.join(''), { mode: 0o600 })
  return { tokenFile, kubeconfig }
}

function describeKubeconfig(user: string, token: string, server: string, certificate: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'stack', cluster: { server, 'certificate-authority': certificate } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'stack', context: { cluster: 'stack', user } }],
    'current-context': 'stack',
  }
}

/** What the API server has to hold for `alice` and `controller`. */
export function describeUserObjects(): object[] {
  const namespace = 'graphgate-system'
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'graphgate-controller', namespace } },
    grantEverything('stack-alice', { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'alice' }),
    grantEverything('stack-controller', { kind: 'ServiceAccount', name: 'graphgate-controller', namespace }),
  ]
}

function grantEverything(name: string, subject: object): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [subject],
  }
}
