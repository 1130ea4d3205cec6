import type { VisitorFrame } from '@beckon/protocol'
import { chatOfVisitor } from '../chats/access.ts'
import { announceChat } from '../chats/changes.ts'
import { cleanText } from '../chats/messages.ts'
import type { Commit } from '../conversations/commit.ts'
import { once } from '../conversations/once.ts'
import type { Directory } from '../directory/directory.ts'
import { Refusal } from '../refusal.ts'
import { insertEvent } from '../store/event-rows.ts'
import { changeSurvey, insertSurvey } from '../store/form-rows.ts'
import type { Clock } from '../time/clock.ts'
import type { VisitorActor } from '../visits/presence.ts'
import { surveyFor } from './survey.ts'

type Answer = Extract<VisitorFrame, { type: 'survey.answer' }>

/**
 * One tap is an answer. Another face may be tapped and a comment added until there is a comment;
 * then it stands.
 */
export function createSurveys(deps: { commit: Commit; directory: Directory; clock: Clock }) {
  const { commit, directory, clock } = deps
  return {
    answer: (visitor: VisitorActor, frame: Answer): Promise<Record<never, never>> =>
      commit((work) =>
        once(work.tx, { actorId: visitor.visitorId, asked: frame, at: clock.now() }, async () => {
          const { tx } = work
          const chat = await chatOfVisitor(tx, visitor, frame.chatId)
          const asked = surveyFor(chat, directory.now)
          if (!asked) throw closed()
          const { rating } = frame
          const comment = asked.comment ? cleanText(frame.comment ?? '').trim() : ''
          const at = clock.now()
          const isFirst = await insertSurvey(tx, chat.id, { rating, comment, at })
          if (!isFirst && !(await changeSurvey(tx, chat.id, { rating, comment }))) throw closed()
          await insertEvent(tx, {
            type: isFirst ? 'survey.answered' : 'survey.changed',
            at,
            brandId: chat.brand_id,
            subjectId: chat.id,
            by: { kind: 'visitor', id: visitor.visitorId },
            data: { rating, commented: comment !== '' },
          })
          announceChat(work.announce, chat)
          return {}
        }),
      ),
  }
}

const closed = () =>
  new Refusal('survey_closed', 'This chat is not asked about, or has been answered already.')
