/* What launcher and card say. The panel has its own, loaded with it. */

export const invitationFrom = (name: string) => `Chat invitation from ${name}`
export const noThanks = 'No thanks'
export const reply = 'Reply'
export const replying = 'Sending…'
export const writeReply = 'Write a reply…'
export const closing = 'Closing in a few seconds'
export const keep = 'Keep it open'
export const ended = 'This invitation has ended. Start a chat with what you wrote?'
export const startChat = 'Start a chat'
export const discard = 'Discard'
export const close = 'Close'
/** Accessible name of the launcher. */
export const launcher = (face: string, unread: number, waiting: boolean) =>
  (face || 'Chat') +
  (unread ? `, ${unread} unread message${unread === 1 ? '' : 's'}` : '') +
  (waiting ? ', an invitation is waiting' : '')
