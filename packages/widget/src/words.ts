import { type CardWords, ENGLISH } from '@beckon/protocol/card-words'

/** What launcher and card say: English, until a look brings another language. The panel has its own. */
export const words: { -readonly [Name in keyof CardWords]: CardWords[Name] } = { ...ENGLISH }

export const invitationFrom = ({ name }: { name: string }): string => words.from.join(name)
