import { createHash } from 'node:crypto'
import type { BrandId, PersonId } from '@beckon/protocol'

/** The same person of a brand has the same id wherever they are met first: nobody has to look or wait. */
export const personIdOf = (brandId: BrandId, subject: string): PersonId =>
  createHash('sha256').update(`${brandId}\0${subject}`).digest('base64url').slice(0, 32) as PersonId
