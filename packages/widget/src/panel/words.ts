/* What the panel says. */

/** After the launcher's own name. */
export const unread = (count: number) => `, ${count} unread message${count === 1 ? '' : 's'}`

export const panel = (title: string) => `Chat: ${title}`
export const minimise = 'Minimise'
export const close = 'Close'
export const end = 'End chat'
export const endAsk = 'End this chat?'
export const goOn = 'Go on'
export const name = 'Name'
export const email = 'Email'
export const optional = '(optional)'
export const emailHint = 'Only if you want a reply later'
export const question = 'Your question'
export const start = 'Start chat'
export const starting = 'Starting…'
export const needQuestion = 'Write your question first'
export const needEmail = 'Add the end of the address, such as .com or .fr'
export const waiting = 'Waiting for the connection. It will be sent by itself.'
export const place = (place: number) => {
  const nth = ['', 'first', 'second', 'third', 'fourth', 'fifth'][place]
  return nth ? `You are ${nth} in line` : `You are number ${place} in line`
}
export const inLine = 'You are in line'
export const keepBrowsing = 'You can keep browsing; your place is kept.'
export const addToQuestion = 'Add to your question…'
export const write = 'Write a message…'
export const send = 'Send'
export const sent = 'Sent'
export const seen = 'Seen'
export const typing = (name: string) => `${name} is typing`
export const you = 'You'
export const messages = 'Messages'
export const ended = 'Chat ended'
export const endedBy = (name: string | undefined) =>
  name ? `${name} ended the chat.` : 'The chat has ended.'
export const youEnded = 'You ended the chat.'
export const again = 'Start a new chat'
export const nobody = 'Nobody is here right now'
export const nobodyYet =
  'Nobody can answer at the moment. As soon as somebody is here, you can send it.'
export const keptHere = 'What you write is kept on this page until then.'
export const yourMessage = 'Your message'
export const today = 'Today'
export const invitationEnded = 'This invitation has ended. Start a chat with what you wrote?'
export const startChat = 'Start a chat'
export const privacy = 'What we see of you'
export const discard = 'Discard'
