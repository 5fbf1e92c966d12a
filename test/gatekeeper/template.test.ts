import { describe, expect, test } from 'vitest'
import { readTemplate } from '../../src/gatekeeper/template.ts'
import { brief, documentOf } from './support.ts'

const HEAD = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: fixturelabels}
`
const NAMES = `spec:
  crd: {spec: {names: {kind: FixtureLabels}}}
`
const TARGET = `  targets:
    - target: admission.k8s.gatekeeper.sh
`
const CODE = `      code: [{engine: Rego, source: {version: v1, rego: "package a", libs: ["package lib.b"]}}]
`

async function read(text: string) {
  const { template, diagnostics } = await readTemplate(documentOf(text, 'template.yaml'))
  return { template, diagnostics: diagnostics.map(brief) }
}

describe('the Rego of a template', () => {
  const cases: [name: string, target: string, source: object][] = [
    ['code[], version v1', CODE, { version: 'v1', rego: 'package a', libs: ['package lib.b'] }],
    ['code[], no version: v0', '      code: [{engine: Rego, source: {rego: "package a"}}]', { version: 'v0', rego: 'package a', libs: [] }],
    ['code[], any other version: v0', '      code: [{engine: Rego, source: {version: V1, rego: "package a"}}]', { version: 'v0', rego: 'package a', libs: [] }],
    ['targets[].rego: v0', '      rego: package a\n      libs: [package lib.b]', { version: 'v0', rego: 'package a', libs: ['package lib.b'] }],
    ['targets[].rego wins over code[]', `      rego: package z\n${CODE}`, { version: 'v0', rego: 'package z', libs: [] }],
  ]
  test.each(cases)('%s', async (_name, target, source) => {
    const { template, diagnostics } = await read(HEAD + NAMES + TARGET + target)
    expect([template?.source, template?.kind, diagnostics]).toEqual([source, 'FixtureLabels', []])
  })
})

describe('a template that Gatekeeper refuses', () => {
  const cases: [name: string, text: string, diagnostics: string[]][] = [
    ['something else', 'apiVersion: v1\nkind: Pod\n', ['GG301 1:13 "v1" "Pod" is not a ConstraintTemplate']],
    ['a list', '- a\n', ['GG301 1:1 the document is not a ConstraintTemplate']],
    ['a version that there is not', HEAD.replace('/v1', '/v2'), ['GG301 1:13 "templates.gatekeeper.sh/v2" "ConstraintTemplate" is not a ConstraintTemplate']],
    [
      'no kind, and no target',
      HEAD,
      ['GG302 1:1 template "fixturelabels" does not say which kind it defines', 'GG302 1:1 a template must have exactly one target, not 0'],
    ],
    [
      'a name that is not the lower case of the kind',
      HEAD.replace('fixturelabels', 'FixtureLabels') + NAMES + TARGET + CODE,
      ['GG302 3:18 template "FixtureLabels" must be called "fixturelabels": the lower case of its kind'],
    ],
    [
      'two targets',
      `${HEAD}${NAMES}${TARGET}${CODE}    - target: admission.k8s.gatekeeper.sh\n`,
      ['GG302 7:5 a template must have exactly one target, not 2'],
    ],
    ['another target', `${HEAD}${NAMES}  targets: [{target: other}]\n`, ['GG302 6:22 unknown target "other"']],
    [
      'CEL alone',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: K8sNativeValidation, source: {}}]\n`,
      ['GG305 8:23 the template was not evaluated: Gatekeeper runs its CEL, not any Rego beside it'],
    ],
    [
      'CEL before Rego',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: K8sNativeValidation, source: {}}, {engine: Rego, source: {version: v1, rego: "package a"}}]\n`,
      ['GG305 8:23 the template was not evaluated: Gatekeeper runs its CEL, not any Rego beside it'],
    ],
    [
      'CEL after Rego',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: Rego, source: {version: v1, rego: "package a"}}, {engine: K8sNativeValidation}]\n`,
      ['GG305 8:81 the template was not evaluated: Gatekeeper runs its CEL, not any Rego beside it'],
    ],
    [
      'CEL beside targets[].rego',
      `${HEAD}${NAMES}${TARGET}      rego: package a\n      code: [{engine: K8sNativeValidation}]\n`,
      ['GG305 9:23 the template was not evaluated: Gatekeeper runs its CEL, not any Rego beside it'],
    ],
    ['no code at all', `${HEAD}${NAMES}${TARGET}`, ['GG305 7:7 the template has no Rego, so it cannot be evaluated here']],
    [
      'Rego twice',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: Rego, source: {rego: "package a"}}, {engine: Rego, source: {rego: "package b"}}]\n`,
      ['GG302 8:13 the engine Rego stands twice in code[]'],
    ],
    [
      'a library that is no text',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: Rego, source: {version: v1, rego: "package a", libs: ["package lib.b", 5]}}]\n`,
      ['GG302 8:76 Gatekeeper cannot read the template: spec.targets.0.code.0.source.libs must be a list of strings'],
    ],
    [
      'null in place of libraries and version',
      `${HEAD}${NAMES}${TARGET}      code: [{engine: Rego, source: {version: null, rego: "package a", libs: null}}]\n`,
      ['GG302 8:47 version of the Rego must not be null', 'GG302 8:78 libs of the Rego must not be null'],
    ],
    [
      'a field whose name differs in case',
      `${HEAD}${NAMES}${TARGET}${CODE}      Code: [{engine: K8sNativeValidation}]\n`,
      ['GG302 9:13 Gatekeeper cannot read the template: "spec.targets.0.Code" must be written "code"'],
    ],
  ]
  test.each(cases)('%s', async (_name, text, diagnostics) => {
    expect(await read(text)).toEqual({ template: undefined, diagnostics })
  })
})

describe('the parameter schema', () => {
  const withSchema = (validation: string, version = 'v1') =>
    `${HEAD.replace('/v1', `/${version}`)}spec:
  crd:
    spec:
      names: {kind: FixtureLabels}
      validation: ${validation}
${TARGET}${CODE}`
  const parameters = async (text: string) => {
    const { template } = await read(text)
    const { spec } = template?.schema['properties'] as { spec: { properties: Record<string, unknown> } }
    return spec.properties['parameters']
  }

  const cases: [name: string, text: string, schema: unknown][] = [
    ['is missing in v1: no parameters', HEAD + NAMES + TARGET + CODE, undefined],
    ['is missing in v1beta1: any parameters', (HEAD + NAMES + TARGET + CODE).replace('/v1', '/v1beta1'), { 'x-kubernetes-preserve-unknown-fields': true }],
    ['is taken as it is in v1', withSchema('{openAPIV3Schema: {type: object}}'), { type: 'object' }],
    [
      'lets unknown fields through at every level where it is legacy',
      withSchema('{legacySchema: true, openAPIV3Schema: {properties: {a: {type: array}, b: {type: string}, c: {additionalProperties: {type: object}}}}}'),
      {
        'x-kubernetes-preserve-unknown-fields': true,
        properties: {
          a: { type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true } },
          b: { type: 'string' },
          c: { 'x-kubernetes-preserve-unknown-fields': true, additionalProperties: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      },
    ],
    ['is legacy in v1alpha1 unless it says otherwise', withSchema('{legacySchema: false, openAPIV3Schema: {type: object}}', 'v1alpha1'), { type: 'object' }],
  ]
  test.each(cases)('%s', async (_name, text, schema) => {
    expect(await parameters(text)).toEqual(schema)
  })

  test('must be structural, and all mistakes are told at once', async () => {
    const schema = '{type: object, properties: {a: {}, b: {type: list}, c: {type: array}, d: {type: object, properties: {x: {type: string}}, additionalProperties: true}, e: {$ref: "#"}, f: {type: string, pattern: "("}}}'
    expect(await read(withSchema(`{openAPIV3Schema: ${schema}}`))).toEqual({
      template: undefined,
      diagnostics: [
        'GG303 8:68 the parameter schema at properties.a: type is required at every level',
        'GG303 8:75 the parameter schema at properties.b: "list" is not a type',
        'GG303 8:92 the parameter schema at properties.c: items is required for an array',
        'GG303 8:110 the parameter schema at properties.d: properties and additionalProperties exclude each other',
        'GG303 8:190 the parameter schema at properties.e: $ref is not supported',
        'GG303 8:230 invalid pattern "(": error parsing regexp: missing closing ): `(`',
      ],
    })
  })

  test('may leave the type out where it says int-or-string, or only restricts', async () => {
    const schema = '{type: object, properties: {a: {x-kubernetes-int-or-string: true}, b: {type: string, anyOf: [{pattern: x}, {not: {enum: [y]}}]}}}'
    expect((await read(withSchema(`{openAPIV3Schema: ${schema}}`))).diagnostics).toEqual([])
  })

  test('with a format that is not checked is a warning', async () => {
    const { template, diagnostics } = await read(withSchema('{openAPIV3Schema: {type: object, properties: {a: {type: string, format: date}, b: {type: integer, format: int32}}}}'))
    expect([template === undefined, diagnostics]).toEqual([false, [expect.stringMatching(/^GG304\? 8:\d+ the format "date" is not checked$/)]])
  })
})
