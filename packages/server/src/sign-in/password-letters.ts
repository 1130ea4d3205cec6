import type { Letter } from '../mail/letter.ts'

export const resetLetter = ({
  installation,
  url,
  oneTime,
}: {
  installation: string
  url: string
  oneTime: string
}): Letter => ({
  title: `Choose a new password for ${installation}`,
  parts: [
    {
      part: 'text',
      text: `Somebody asked for a new password for your account at ${installation}. If it was you, choose it here.`,
    },
    { part: 'link', text: 'Choose a new password', url, oneTime },
    {
      part: 'note',
      text: 'The link works once, for 30 minutes, and ends every sign-in of your account. If it was not you, nothing has changed and there is nothing to do.',
    },
  ],
})

export const welcomeLetter = (about: {
  installation: string
  url: string
  oneTime: string
  /** Who asks them in. */
  by: string
}): Letter => ({
  title: `${about.by} invites you to ${about.installation}`,
  parts: [
    {
      part: 'text',
      text: `${about.by} has made an account for you at ${about.installation}, where you see who is on your websites and chat with them. Choose your name and password to begin.`,
    },
    { part: 'link', text: 'Begin', url: about.url, oneTime: about.oneTime },
    {
      part: 'note',
      text: 'The link works once, for 7 days. If you do not know what this is about, there is nothing to do.',
    },
  ],
})
