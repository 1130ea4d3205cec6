import { REFUSALS, type RefusalCode } from '@beckon/protocol'

/**
 * An expected "no": a permanent code, a sentence that says what happened and what to do, and
 * sometimes what it is about. Thrown inside a work it undoes that work alone. Everything else that
 * is thrown is a fault: logged once at the edge and answered with `internal`.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: Record<string, unknown> | undefined

  constructor(code: RefusalCode, message: string, details?: Record<string, unknown>) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }

  get status(): number {
    return REFUSALS[this.code]
  }
}

/** Absent and forbidden look alike (T3). */
export const notThere = (what: string): Refusal =>
  new Refusal('not_found', `There is no such ${what}.`)
