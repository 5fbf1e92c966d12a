import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { assetPath } from '../../assets/index.ts'

/**
 * Fills one of our own text templates (`templates/<name>.hbs`). Text is not escaped: the templates make Markdown from
 * names that were validated and from the catalogue's own words. A name that the template asks for must be there.
 * @throws Error if the template is missing or asks for a name that `values` lacks.
 */
export function renderTemplate(name: string, values: Readonly<Record<string, unknown>>): string {
  const source = readFileSync(assetPath('templates', `${name}.hbs`), 'utf8')
  return Handlebars.compile(source, { noEscape: true, strict: true })(values)
}
