import { Type } from 'typebox'

/** Ids are UUIDv7 text, branded so that one kind cannot be passed where another is meant. */
type Brand<Name extends string> = string & { readonly __id: Name }

export type BrandId = Brand<'brand'>
export type SiteId = Brand<'site'>
export type VisitorId = Brand<'visitor'>
export type VisitId = Brand<'visit'>
export type AgentId = Brand<'agent'>
export type DepartmentId = Brand<'department'>
export type GroupId = Brand<'group'>
export type InvitationId = Brand<'invitation'>
export type ChatId = Brand<'chat'>
export type LinkId = Brand<'link'>
export type ImageId = Brand<'image'>
export type SavedMessageId = Brand<'saved-message'>
export type ArticleId = Brand<'article'>
export type FileId = Brand<'file'>
export type CannedReplyId = Brand<'canned-reply'>
export type FilterId = Brand<'filter'>
export type NoteId = Brand<'note'>
export type ChatNoteId = Brand<'chat-note'>
export type TagId = Brand<'tag'>
export type BanId = Brand<'ban'>
export type IdentityKeyId = Brand<'identity-key'>
export type PersonId = Brand<'person'>
export type MailId = Brand<'mail'>
export type OfflineMessageId = Brand<'offline-message'>

/** A moment: milliseconds since 1970 by the server's clock. Browsers correct with `welcome.now`. */
export type Timestamp = number

/** Schema of an id in a command. The charset keeps ids inert in SQL, logs and URLs. */
export const Id = <T extends string>() =>
  Type.Unsafe<T>(Type.String({ pattern: '^[0-9A-Za-z_-]{8,64}$' }))

/** A command's or message's own id, made by its sender; sending twice means once (I13). */
export const ClientId = Type.String({ pattern: '^[0-9A-Za-z_-]{8,64}$' })
