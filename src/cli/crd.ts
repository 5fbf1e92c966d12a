import { resourceGraphCrd } from '../graph/index.ts'
import { emitYamlFile } from '../policy/index.ts'
import type { Run } from './command.ts'
import { EXIT } from './exit.ts'

/** `graphgate crd`: the same text as `deploy/crd/`. */
export const run: Run = (_args, _options, io) => {
  io.stdout.write(emitYamlFile(resourceGraphCrd()))
  return Promise.resolve(EXIT.clean)
}
