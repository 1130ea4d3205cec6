/** What launcher and card say. The panel has its own, loaded with it. */
export const words = {
  invitationFrom: (name: string) => `Chat invitation from ${name}`,
  noThanks: 'No thanks',
  reply: 'Reply',
  replying: 'Sending…',
  writeReply: 'Write a reply…',
  closing: 'Closing in a few seconds',
  keep: 'Keep it open',
  ended: 'This invitation has ended. Start a chat with what you wrote?',
  startChat: 'Start a chat',
  discard: 'Discard',
  close: 'Close',
  /** Accessible name of the launcher. */
  launcher: (face: string, unread: number, waiting: boolean) =>
    [
      face || 'Chat',
      unread > 0 && `${unread} unread ${unread === 1 ? 'message' : 'messages'}`,
      waiting && 'an invitation is waiting',
    ]
      .filter(Boolean)
      .join(', '),
}
