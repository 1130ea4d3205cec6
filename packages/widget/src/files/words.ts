import { speak } from '../panel/words.ts'

export const words = speak({
  fileNo: 'Not sent. A file may have {size} MB: a picture, PDF, text or an Office document.',
  fileLost: 'It could not be fetched. Try again in a moment.',
})
