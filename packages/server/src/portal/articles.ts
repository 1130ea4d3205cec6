import { type Html, html } from './html.ts'

export type Article = { slug: string; title: string; lead: string; body: Html }

/** Help that is true for every brand, until it writes its own. */
export const ARTICLES: readonly Article[] = [
  {
    slug: 'how-chat-works',
    title: 'How chatting with us works',
    lead: 'Start a conversation yourself, or answer when somebody of our team says hello.',
    body: html`
      <p>Where a page has a chat button, it opens a conversation. Write your question and send it: a
      person of our team answers, not a machine. While nobody is there, the button says so.</p>
      <h2>When we write first</h2>
      <p>Sometimes somebody of our team sees that you may be looking for something and writes to
      you. Nothing begins before you answer: the message waits for about two minutes and then
      leaves by itself. You can close it at once, and we will not ask again soon.</p>
      <h2>Going on to another page</h2>
      <p>The conversation comes along. Open other pages, reload, or come back in another tab: what
      was said is still there, and what you have typed is kept.</p>
    `,
  },
  {
    slug: 'keyboard-and-screen-readers',
    title: 'Keyboard and screen readers',
    lead: 'Everything in the chat works without a mouse.',
    body: html`
      <p>Press <kbd>Tab</kbd> until you reach the chat and <kbd>Enter</kbd> to open it.
      <kbd>Enter</kbd> sends a message, <kbd>Shift</kbd> and <kbd>Enter</kbd> begin a new line, and
      <kbd>Esc</kbd> closes the window and puts you back where you were.</p>
      <p>New messages are announced politely: a screen reader says them when it has finished what
      it is reading. An invitation never takes the focus away from what you are doing.</p>
    `,
  },
  {
    slug: 'privacy',
    title: 'What we see while you are here',
    lead: 'Which pages are open, roughly from where, and what you choose to tell us.',
    body: html`
      <p>Our team sees which of our pages you have open, how long you have been here, which page
      brought you, your browser, and the town your connection seems to come from. That is how
      somebody can help without asking you to repeat yourself.</p>
      <p>We do not see what you type into forms, nothing of other websites, and not who you are
      unless you tell us. If your browser asks not to be tracked across visits, it is not.</p>
      <p>Ask in a chat what is stored about you, or to have it erased, and we will do it.</p>
    `,
  },
]
