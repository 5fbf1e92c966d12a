import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderSuiteJunit } from '../../src/report/index.ts'
import { summarizeSuites } from '../../src/result/index.ts'
import { SAMPLE } from './suite-sample.ts'

test('is a testsuite for each suite and a testcase for each case', () => {
  expect(renderSuiteJunit(SAMPLE)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="graphgate test" tests="11" failures="3" errors="3" skipped="2" time="0.046">
  <testsuite name="a/suite.yaml" tests="1" failures="0" errors="0" skipped="0" time="0.012">
    <testcase classname="t" name="one" time="0.001"/>
  </testsuite>
  <testsuite name="b/suite.yaml" tests="8" failures="3" errors="2" skipped="1" time="0.020">
    <testcase classname="labels &lt;&amp;&gt;" name="good" time="0.001"/>
    <testcase classname="labels &lt;&amp;&gt;" name="skipped" time="0.001">
      <skipped/>
    </testcase>
    <testcase classname="labels &lt;&amp;&gt;" name="bad &quot;quoted&quot;" file="b/suite.yaml" time="0.001">
      <failure message="wanted exactly 2 violations matching &quot;&lt;x&gt;&quot;, got 1">wanted exactly 2 violations matching &quot;&lt;x&gt;&quot;, got 1
wanted no violations, got 1
at b/suite.yaml:7:9
[deny] Kind/name: line one
line two [31mred[0m  ]]&gt;</failure>
    </testcase>
    <testcase classname="labels &lt;&amp;&gt;" name="silent" time="0.001">
      <failure message="wanted at least 1 violation, got 0">wanted at least 1 violation, got 0</failure>
    </testcase>
    <testcase classname="labels &lt;&amp;&gt;" name="undecided" time="0.001">
      <error message="b/suite.yaml:9:5: no verdict">b/suite.yaml:9:5: no verdict</error>
    </testcase>
    <testcase classname="no template" name="one" time="0.001">
      <error message="b/suite.yaml:12:3: &quot;x.yaml&quot; does not exist">b/suite.yaml:12:3: &quot;x.yaml&quot; does not exist</error>
    </testcase>
    <testcase classname="refused" name="refused" time="0.001"/>
    <testcase classname="not refused" name="not refused" file="b/suite.yaml" time="0.001">
      <failure message="the constraint is valid">the constraint is valid</failure>
    </testcase>
  </testsuite>
  <testsuite name="c/suite.yaml" tests="1" failures="0" errors="0" skipped="1" time="0.000">
    <testcase classname="s" name="x" time="0.000">
      <skipped/>
    </testcase>
  </testsuite>
  <testsuite name="d/suite.yaml" tests="1" failures="0" errors="1" skipped="0" time="0.000">
    <testcase classname="d/suite.yaml" name="d/suite.yaml" file="d/suite.yaml" time="0.000">
      <error message="d/suite.yaml:3:8: tests must be a list">d/suite.yaml:3:8: tests must be a list</error>
    </testcase>
  </testsuite>
</testsuites>
`.replace('name="x" time="0.000"', 'name="x" time="0.001"'))
})

test('never holds a character that XML 1.0 forbids, nor one that would end a value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const item = { name: text, result: 'error' as const, durationMs: 0, messages: [text], failures: [], violations: [] }
      const suite = { path: text, result: 'error' as const, durationMs: 0, messages: [], tests: [{ name: text, result: 'error' as const, durationMs: 0, messages: [], cases: [item] }] }
      const xml = renderSuiteJunit(summarizeSuites([suite], 0))
      const legal = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
      expect(legal.test(xml)).toBe(true)
      // Two suite tags, two case tags, two error tags, two of the whole, and the declaration.
      expect([xml.split('<').length - 1, xml.split('>').length - 1]).toEqual([9, 9])
    }),
  )
})
