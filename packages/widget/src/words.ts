/* What launcher and card say. The panel has its own, loaded with it. */

export const invitationFrom = (name: string) => `Chat invitation from ${name}`
export const noThanks = 'No thanks'
export const reply = 'Reply'
export const writeReply = 'Write a reply…'
export const closing = 'Closing in a few seconds'
export const keep = 'Keep it open'
/** Accessible name of the launcher. */
export const launcher = (face: string, unread: string, waiting: boolean) =>
  (face || 'Chat') + unread + (waiting ? ', an invitation is waiting' : '')
