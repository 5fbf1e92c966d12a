import { setTimeout as sleep } from 'node:timers/promises'

/** What a look at a condition found: it holds, with what it yields, or not yet, with what was seen instead. */
export type Sighting<T> = { ready: T } | { waiting: string }

/** Looks again and again until the condition holds. `look` throws to give up at once; the deadline is a failure. */
export async function waitUntil<T>(what: string, seconds: number, look: () => Promise<Sighting<T>>): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const sighting = await look()
    if ('ready' in sighting) return sighting.ready
    if (performance.now() > deadline) {
      throw new Error(`waited ${seconds} s in vain for ${what}; last seen: ${sighting.waiting}`)
    }
    await sleep(50)
  }
}

/** A look at a health endpoint that answers 200 once the server is ready. */
export async function lookAtUrl(url: string): Promise<Sighting<true>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    const body = await response.text()
    return response.ok ? { ready: true } : { waiting: `${response.status} ${body}` }
  } catch (error) {
    return { waiting: String(error instanceof Error ? (error.cause ?? error) : error) }
  }
}
