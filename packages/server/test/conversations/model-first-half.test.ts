import { test } from 'vitest'
import { LONG, walkHalf } from './model/half.ts'

test('I1–I18 hold after every step of every history, first half', walkHalf, LONG)
