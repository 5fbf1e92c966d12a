/**
 * graphgate as a library: read graphs, make their policy pack, run suites.
 *
 * ```ts
 * import { buildPack, catalogue, loadGraphs, readInputs, readTemplates, renderText } from 'graphgate'
 *
 * const inputs = await readInputs(['graphs/'])
 * const { graphs, diagnostics } = await loadGraphs(inputs.documents, { ruleNames: catalogue.map((rule) => rule.name) })
 * const pack = buildPack(graphs, catalogue, await readTemplates(catalogue))
 * const problems = [...inputs.diagnostics, ...diagnostics, ...pack.diagnostics]
 * if (problems.some(({ severity }) => severity === 'error')) throw new Error(renderText(problems, { color: false }))
 * for (const { path, text } of pack.files) console.log(path, text.length)
 * ```
 */
export { renderGithub, renderText } from './diagnostic/index.ts'
export type { CodeEntry, Diagnostic, Position } from './diagnostic/index.ts'
export { parseDocuments, readInputs } from './input/index.ts'
export type { InputDocument, JsonObject, JsonValue } from './input/index.ts'
export { drawMermaid, drawTree, loadGraphs, resourceGraphCrd } from './graph/index.ts'
export type { GraphChild, ResourceGraph } from './graph/index.ts'
export { buildPack, catalogue, comparePack, readDisk, readTemplates, writePack } from './policy/index.ts'
export type { Comparison, Pack, PackFile, Rule } from './policy/index.ts'
export { runSuites } from './suite/index.ts'
export { renderSuiteJson, renderSuiteJunit, renderSuiteText } from './report/index.ts'
export { suiteExitCode } from './result/index.ts'
export type { SuiteRunResult } from './result/index.ts'
