import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Files with keys and certificates. */
export interface Certificates {
  /** A directory with tls.crt and tls.key, as Gatekeeper wants them. */
  readonly directory: string
  readonly certificate: string
  readonly key: string
  /** The certificate as a `caBundle`. */
  readonly bundle: string
  readonly serviceAccountKey: string
  readonly serviceAccountPublicKey: string
}

/**
 * Makes one certificate that all servers use and all clients trust: for processes of one user on loopback an authority
 * and a certificate per server would add files, not safety. Node can make keys but no certificates, hence openssl.
 */
export async function createCertificates(workspace: string): Promise<Certificates> {
  const directory = join(workspace, 'pki')
  mkdirSync(directory, { mode: 0o700 })
  const file = (name: string): string => join(directory, name)
  const certificate = file('tls.crt')
  const key = file('tls.key')
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=graphgate-stack', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ...['-keyout', key, '-out', certificate],
  ])

  const serviceAccount = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const serviceAccountKey = file('service-account.key')
  const serviceAccountPublicKey = file('service-account.pub')
  writeFileSync(serviceAccountKey, serviceAccount.privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 })
  writeFileSync(serviceAccountPublicKey, serviceAccount.publicKey.export({ type: 'spki', format: 'pem' }))

  const bundle = readFileSync(certificate).toString('base64')
  return { directory, certificate, key, bundle, serviceAccountKey, serviceAccountPublicKey }
}
