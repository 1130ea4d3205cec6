import serializers from '@fastify/fast-json-stringify-compiler'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/*
 * Schemas of routes are compiled with the first request that needs them: all of them together
 * would hold up every start.
 */

/** Strict: what the schema does not name is refused, nothing is converted or filled in (T17). */
export const strictValidation: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  let compiled: Validator | undefined
  return (value: unknown) => {
    compiled ??= Compile(schema)
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) as never }
  }
}

const compile = serializers()()

/** Nothing goes out that the schema of an answer does not name. */
export const namedOnly: FastifySerializerCompiler<unknown> = (route) => {
  let compiled: ReturnType<typeof compile> | undefined
  return (answer) => {
    compiled ??= compile(route as Parameters<typeof compile>[0])
    return compiled(answer)
  }
}
