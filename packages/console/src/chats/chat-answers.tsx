import type { FormAnswer, SurveyAnswer } from '@beckon/protocol'
import { ratingWords } from './rating-words.ts'

/** What the visitor filled in before the chat: as they saw it, above its first line. */
export function ChatAnswers({ answers }: { answers: readonly FormAnswer[] }) {
  if (answers.length === 0) return null
  return (
    <section aria-label="Answers" className="rounded-item bg-sunken px-3 py-2">
      <h3 className="mb-1 text-micro font-medium text-text-3">Answers</h3>
      <dl className="grid grid-cols-[minmax(0,auto)_1fr] gap-x-3 gap-y-0.5 text-small">
        {answers.map(({ label, value }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels may be the same, places are not
          <div key={place} className="contents">
            <dt className="break-words text-text-3">{label}</dt>
            <dd className="min-w-0 break-words select-text">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What they said of it afterwards, below its last. */
export function ChatSurvey({ survey }: { survey: SurveyAnswer | null }) {
  if (!survey) return null
  return (
    <section aria-label="Survey" className="rounded-item bg-sunken px-3 py-2 text-small">
      <h3 className="mb-0.5 text-micro font-medium text-text-3">Survey</h3>
      <p className="font-medium">{ratingWords(survey.rating)}</p>
      {survey.comment && (
        <p className="break-words whitespace-pre-wrap text-text-2 select-text">{survey.comment}</p>
      )}
    </section>
  )
}
