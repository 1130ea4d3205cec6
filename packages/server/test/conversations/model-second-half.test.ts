import { test } from 'vitest'
import { LONG, walkHalf, walkOnTheProductsStore } from './model/half.ts'

test('I1–I18 hold after every step of every history, second half', walkHalf, LONG)

test('I1–I18 hold on the product’s own store', walkOnTheProductsStore, LONG)
