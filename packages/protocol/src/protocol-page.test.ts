import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { AgentFrame, AgentHello } from './agent.ts'
import { CLOSE, REFUSALS } from './codes.ts'
import { LIMITS, PROTOCOL_VERSION } from './limits.ts'
import { Topic } from './topic.ts'
import { VisitorFrame, VisitorHello } from './visitor.ts'

/*
 * docs/protocol.md and this package say the same, name by name. What a client sends is read from
 * the schemas; what the server sends has types only and is read from their text.
 */

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const page = read('../../../docs/protocol.md')

/** The cells of each table row under a heading that begins with a backticked name or a number. */
function tableUnder(heading: string): string[][] {
  const found = rows(part(heading))
  expect(found.length, `the page has a table under “${heading}”`).toBeGreaterThan(0)
  return found
}
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\| (`|\d)/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )

const names = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)

/** Type → fields as the page writes them: `name`, or `name?` where it may be absent. */
type Frames = Record<string, string[]>
const told = (heading: string): Frames => framesIn(tableUnder(heading))
const framesIn = (table: string[][]): Frames =>
  Object.fromEntries(table.map(([type, fields]) => [names(type)[0] ?? '', names(fields).sort()]))

type Schema = {
  anyOf?: Schema[]
  properties?: Record<string, { const?: unknown }>
  required?: string[]
}
function inSchemas(key: 'type' | 'topic', ...schemas: object[]): Frames {
  const frames: Frames = {}
  for (const schema of schemas as Schema[]) {
    if (schema.anyOf) Object.assign(frames, inSchemas(key, ...schema.anyOf))
    const { [key]: kind, ...fields } = schema.properties ?? {}
    if (typeof kind?.const !== 'string') continue
    frames[kind.const] = Object.keys(fields)
      .map((name) => (schema.required?.includes(name) ? name : `${name}?`))
      .sort()
  }
  return frames
}

const aliases = new Map<string, ts.TypeNode>()
for (const file of readdirSync(new URL('.', import.meta.url))) {
  const source = ts.createSourceFile(file, read(`./${file}`), ts.ScriptTarget.Latest, true)
  for (const statement of source.statements) {
    if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type)
  }
}

function fieldsOf(node: ts.TypeNode | undefined): string[] {
  if (node && ts.isTypeReferenceNode(node)) return picked(node)
  if (!node || !ts.isTypeLiteralNode(node)) return []
  return node.members.flatMap((member) =>
    member.name && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))
      ? [`${member.name.text}${member.questionToken ? '?' : ''}`]
      : [],
  )
}

/** `Pick<Whole, 'one' | 'two'>`: those fields as the whole has them. */
function picked({ typeName, typeArguments = [] as never }: ts.TypeReferenceNode): string[] {
  const [whole, some] = typeArguments
  if (typeName.getText() !== 'Pick' || !whole || !some) return []
  const chosen = names(some.getText().replaceAll("'", '`'))
  return fieldsOf(aliases.get(whole.getText())).filter((field) =>
    chosen.includes(field.replace('?', '')),
  )
}

function inTypes(alias: string): Frames {
  const union = aliases.get(alias)
  if (!union || !ts.isUnionTypeNode(union)) throw new Error(`${alias} is no union`)
  return Object.fromEntries(
    union.types.map((node) => {
      const type = /\btype: '([^']+)'/.exec(node.getText())?.[1] ?? ''
      return [
        type,
        fieldsOf(node)
          .filter((name) => name !== 'type')
          .sort(),
      ]
    }),
  )
}

describe('docs/protocol.md', () => {
  test('names the version and says what changed', () => {
    expect(page).toContain(`# The wire protocol, version ${PROTOCOL_VERSION}\n`)
    expect(page).toContain(`**Version ${PROTOCOL_VERSION}**`)
  })

  test('has every frame a visitor may send, with its fields, and no other', () => {
    expect(told('What a visitor’s page sends')).toEqual(
      inSchemas('type', VisitorHello, VisitorFrame),
    )
  })

  test('has every frame an agent may send, with its fields, and no other', () => {
    expect(told('What an agent’s console sends')).toEqual(inSchemas('type', AgentHello, AgentFrame))
  })

  test('has every frame of the server, with its fields, and no other', () => {
    expect(told('What the server says to a visitor’s page')).toEqual(inTypes('VisitorServerFrame'))
    const [frames = '', results = ''] = part('What the server says to a console').split(
      '`result` by',
    )
    expect(framesIn(rows(frames))).toEqual(inTypes('AgentServerFrame'))
    expect(Object.keys(framesIn(rows(results))).sort()).toEqual(
      fieldsOf(aliases.get('CommandResult')).sort(),
    )
  })

  test('has every topic with what it is asked with, and its state', () => {
    expect(told('Topics')).toEqual(inSchemas('topic', Topic))
    expect(Object.keys(told('Topics')).sort()).toEqual(fieldsOf(aliases.get('TopicTypes')).sort())
    const shapes = told('Shapes')
    for (const [topic, , state] of tableUnder('Topics')) {
      expect(Object.keys(shapes), `the state of ${topic}`).toContain(names(state)[0])
    }
  })

  test('has every shape with its fields', () => {
    for (const [shape, fields] of Object.entries(told('Shapes'))) {
      expect(fields, shape).toEqual(fieldsOf(aliases.get(shape)).sort())
    }
  })

  test('has every refusal with its status and what to do', () => {
    const table = tableUnder('Refusals')
    expect(Object.fromEntries(table.map(([code, http]) => [names(code)[0], Number(http)]))).toEqual(
      REFUSALS,
    )
    for (const [code, , advice] of table) expect(advice, code).toMatch(/\.$/)
  })

  test('has every close code with when and what then', () => {
    const table = tableUnder('Close codes')
    expect(Object.fromEntries(table.map(([code, name]) => [names(name)[0], Number(code)]))).toEqual(
      CLOSE,
    )
    for (const [code, , when, then] of table) expect(`${when} ${then}`, code).toMatch(/\. .+\.$/)
  })

  test('has every limit with its value', () => {
    const table = tableUnder('Limits')
    expect(
      Object.fromEntries(
        table.map(([name, value]) => [names(name)[0], Number(value?.replaceAll(',', ''))]),
      ),
    ).toEqual(LIMITS)
  })

  test('shows only frames that exist, each the way it goes', () => {
    const sample = (heading: string, arrow: string) =>
      [...part(heading).matchAll(new RegExp(`^${arrow} \\{"type":"([^"]+)"`, 'gm'))].map(
        ([, type = '']) => type,
      )
    const visitor = 'A visitor’s visit, from hello to chat'
    const agent = 'An agent’s invitation'
    expect(Object.keys(told('What a visitor’s page sends'))).toEqual(
      expect.arrayContaining(sample(visitor, '→')),
    )
    expect(Object.keys(inTypes('VisitorServerFrame'))).toEqual(
      expect.arrayContaining(sample(visitor, '←')),
    )
    expect(Object.keys(told('What an agent’s console sends'))).toEqual(
      expect.arrayContaining(sample(agent, '→')),
    )
    expect(Object.keys(inTypes('AgentServerFrame'))).toEqual(
      expect.arrayContaining(sample(agent, '←')),
    )
    expect(sample(visitor, '[→←]').length + sample(agent, '[→←]').length).toBeGreaterThan(15)
  })
})

function part(heading: string): string {
  return (page.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ', 1)[0] ?? ''
}
