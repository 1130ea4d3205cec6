import { queryClient } from '../queries.ts'

/** Key of the log of mails. */
export const MAILS = ['mails']

export const renewMails = () => queryClient.invalidateQueries({ queryKey: MAILS })
