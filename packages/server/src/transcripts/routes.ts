import type { ChatId } from '@beckon/protocol'
import { Type } from 'typebox'
import { type Api, actorOf, idParams } from '../http/api.ts'
import type { Transcripts } from './transcripts.ts'

const Query = Type.Object(
  { format: Type.Union([Type.Literal('text'), Type.Literal('html')]) },
  { additionalProperties: false },
)

export function transcriptRoutes(api: Api, { transcripts }: { transcripts: Transcripts }): void {
  api.get(
    '/chats/:id/transcript',
    {
      config: { who: 'signed-in' },
      schema: {
        tags: ['Chats'],
        summary: 'A chat as a file to save',
        description: 'What visitor and agents wrote to each other, without notes.',
        params: idParams<ChatId>(),
        querystring: Query,
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const file = await transcripts.file(actorOf(request), params.id, query.format)
      return reply
        .header('content-type', file.type)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .send(file.body)
    },
  )
}
