import type { SavedMessageView } from '@beckon/protocol'
import { standardOf } from '../saved-messages/suggestions.ts'

/**
 * What an agent has written to a visitor and not sent yet, kept in this browser until it is sent.
 * Also the words last sent, which the next dialog begins with.
 */
const KEPT = 50
/** The draft to several visitors at once is one. */
export const SEVERAL = 'several'

type Draft = { visitorId: string; template: string }
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>

/** What a new installation's dialog begins with: an offer of help that recites nothing watched. */
export const FIRST_WORDS = 'Hi #displayname|there#, I’m #agentname#. Can I help you find something?'

export function createDrafts(storage: Storage, agentId: string) {
  const draftsKey = `beckon.drafts.${agentId}`
  const lastKey = `beckon.lastMessage.${agentId}`
  const groupKey = `beckon.lastGroup.${agentId}`

  const read = (key: string): string | null => {
    try {
      return storage.getItem(key)
    } catch {
      return null
    }
  }
  const write = (key: string, value: string): void => {
    try {
      storage.setItem(key, value)
    } catch {
      // A full or forbidden storage costs the draft, never the dialog.
    }
  }
  const drafts = (): Draft[] => {
    try {
      const kept: unknown = JSON.parse(read(draftsKey) ?? '[]')
      return Array.isArray(kept) ? kept.filter(isDraft) : []
    } catch {
      return []
    }
  }

  return {
    /**
     * The draft to this visitor; else the agent's own standard, the words last sent, the team's
     * standard, the shipped ones.
     */
    begin(
      visitorId: string,
      saved: readonly SavedMessageView[] = [],
    ): { template: string; isDraft: boolean } {
      const draft = drafts().find((one) => one.visitorId === visitorId)
      if (draft) return { template: draft.template, isDraft: true }
      const standard = standardOf(saved)
      const own = standard && !standard.shared ? standard.text : undefined
      const template = own ?? read(lastKey) ?? standard?.text ?? FIRST_WORDS
      return { template, isDraft: false }
    },
    keep(visitorId: string, template: string): void {
      const others = drafts().filter((one) => one.visitorId !== visitorId)
      write(draftsKey, JSON.stringify([{ visitorId, template }, ...others].slice(0, KEPT)))
    },
    /** The draft has gone out. */
    sent(visitorId: string, { template, groupId }: { template: string; groupId: string }): void {
      write(draftsKey, JSON.stringify(drafts().filter((one) => one.visitorId !== visitorId)))
      write(lastKey, template)
      write(groupKey, groupId)
    },
    lastGroup: (): string | null => read(groupKey),
  }
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'visitorId' in value &&
  'template' in value &&
  typeof value.template === 'string'
