import { speak } from '../panel/words.ts'

export const words = speak({
  readAlong: 'Our team can read what you type before you send it.',
})
