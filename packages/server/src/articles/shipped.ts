/** Help that is true for every brand, until it publishes its own. */
export const SHIPPED_ARTICLES = [
  {
    slug: 'how-chat-works',
    title: 'How chatting with us works',
    lead: 'Start a conversation yourself, or answer when somebody of our team says hello.',
    body: `Where a page has a chat button, it opens a conversation. Write your question and send it: a person of our team answers, not a machine. While nobody is there, the button says so.

## When we write first

Sometimes somebody of our team sees that you may be looking for something and writes to you. Nothing begins before you answer: the message waits for about two minutes and then leaves by itself. You can close it at once, and we will not ask again soon.

## Going on to another page

The conversation comes along. Open other pages, reload, or come back in another tab: what was said is still there, and what you have typed is kept.
`,
  },
  {
    slug: 'keyboard-and-screen-readers',
    title: 'Keyboard and screen readers',
    lead: 'Everything in the chat works without a mouse.',
    body: `Press \`Tab\` until you reach the chat and \`Enter\` to open it. \`Enter\` sends a message, \`Shift\` and \`Enter\` begin a new line, and \`Esc\` closes the window and puts you back where you were.

New messages are announced politely: a screen reader says them when it has finished what it is reading. An invitation never takes the focus away from what you are doing.
`,
  },
  {
    slug: 'privacy',
    title: 'What we see while you are here',
    lead: 'Which pages are open, roughly from where, and what you choose to tell us.',
    body: `Our team sees which of our pages you have open, how long you have been here, which page brought you, your browser, and the town your connection seems to come from. That is how somebody can help without asking you to repeat yourself.

We do not see what you type into forms, nothing of other websites, and not who you are unless you tell us. If your browser asks not to be tracked across visits, it is not.

Ask in a chat what is stored about you, or to have it erased, and we will do it.
`,
  },
] as const
