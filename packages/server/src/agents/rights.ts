import type { AgentId, BrandId, ChatId, DepartmentId, GroupId, Role } from '@beckon/protocol'
import type { Picture } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import type { AgentActor } from './actor.ts'

/*
 * The one place that says who may do what (REQUIREMENTS R, W14, S12). Pure: an actor, a thing, a
 * picture of the directory. Roles are a set; administrators touch visitors and chats only with
 * another role as well. Whoever may not see a thing is told that it is not there.
 */

type Has = Pick<AgentActor, 'agentId' | 'roles' | 'groupIds' | 'brandIds'>

/** What decides about a chat. Participants joined by taking, transferring or inviting. */
export type ChatRef = {
  agentId: string | null | undefined
  groupId: GroupId
  participantIds?: readonly string[] | ReadonlySet<string>
}

export const isAdministrator = (actor: Has): boolean => actor.roles.has('administrator')
export const isManager = (actor: Has): boolean => actor.roles.has('manager')

/** Works with visitors: has a role for it at all (S5, W14). */
export const worksWithVisitors = (actor: Has): boolean =>
  actor.roles.has('agent') || actor.roles.has('manager')

/** S12: only the agent role invites; being a manager or an administrator is not enough. */
export const mayInvite = (actor: Has): boolean => actor.roles.has('agent')

/** W14: visitors of brands where they have a group. Sites go with their brand. */
export const seesBrand = (actor: Has, brandId: BrandId): boolean =>
  worksWithVisitors(actor) && actor.brandIds.has(brandId)

/** Whether a brand's settings and names may be read: whoever works in it, and administrators. */
export const knowsBrand = (actor: Has, brandId: BrandId): boolean =>
  isAdministrator(actor) || seesBrand(actor, brandId)

/** W14: also any visitor whose chat or invitation is theirs, whatever happened to their groups. */
export const seesVisitor = (actor: Has, brandId: BrandId, ownerIds: readonly string[]): boolean =>
  worksWithVisitors(actor) && (actor.brandIds.has(brandId) || ownerIds.includes(actor.agentId))

/** Managers manage the departments they are in: those where they are a member of a group. */
export const managesDepartment = (
  actor: Has,
  departmentId: DepartmentId,
  picture: Pick<Picture, 'groups'>,
): boolean => {
  if (!isManager(actor)) return false
  for (const id of actor.groupIds) {
    if (picture.groups.get(id)?.departmentId === departmentId) return true
  }
  return false
}

export const managesGroup = (
  actor: Has,
  groupId: GroupId,
  picture: Pick<Picture, 'groups'>,
): boolean => {
  const group = picture.groups.get(groupId)
  return group !== undefined && managesDepartment(actor, group.departmentId, picture)
}

/** Managers act on what others did in a brand (bans, shared filters, stop tracking) where they work. */
export const managesBrand = (actor: Has, brandId: BrandId): boolean =>
  isManager(actor) && actor.brandIds.has(brandId)

type FilterRef = { ownerId: string | null; brandId: BrandId | null }

/** W7: their own, those of a brand where they work, and those of everyone. */
export const seesFilter = (actor: Has, filter: FilterRef): boolean => {
  if (!worksWithVisitors(actor)) return false
  if (filter.ownerId !== null) return filter.ownerId === actor.agentId
  return filter.brandId === null || actor.brandIds.has(filter.brandId)
}

/** Their own; shared ones are changed by managers. */
export const mayChangeFilter = (actor: Has, filter: FilterRef): boolean => {
  if (!seesFilter(actor, filter)) return false
  if (filter.ownerId !== null) return true
  return filter.brandId === null ? isManager(actor) : managesBrand(actor, filter.brandId)
}

/** Notes on visitors: whoever wrote one, and managers of its brand, change and delete it. */
export const mayChangeNote = (actor: Has, note: { agentId: string; brandId: BrandId }): boolean =>
  worksWithVisitors(actor) && (note.agentId === actor.agentId || managesBrand(actor, note.brandId))

/**
 * W21: what is held about a visitor is handed over and erased by managers of the brand, and by
 * administrators, who answer for it by law, though they work with no visitor.
 */
export const mayErase = (actor: Has, brandId: BrandId): boolean =>
  isAdministrator(actor) || managesBrand(actor, brandId)

/** I10: the inviter, or a manager of the group's department, withdraws or replaces. */
export const mayWithdraw = (
  actor: Has,
  invitation: { agentId: string; groupId: GroupId; brandId: BrandId },
  picture: Pick<Picture, 'groups'>,
): boolean => {
  if (invitation.agentId === actor.agentId) return worksWithVisitors(actor)
  if (managesGroup(actor, invitation.groupId, picture)) return true
  // Its group is gone: the brand's managers are all that is left.
  return !picture.groups.has(invitation.groupId) && managesBrand(actor, invitation.brandId)
}

/** DESIGN §6: assignee and participants, agents of its group, managers of its department. */
export const mayOpenChat = (
  actor: Has,
  chat: ChatRef,
  picture: Pick<Picture, 'groups'>,
): boolean => {
  if (!worksWithVisitors(actor)) return false
  if (chat.agentId === actor.agentId) return true
  if (chat.participantIds && [...chat.participantIds].includes(actor.agentId)) return true
  if (actor.roles.has('agent') && actor.groupIds.has(chat.groupId)) return true
  return managesGroup(actor, chat.groupId, picture)
}

/** From a queue: agents of its group, and managers of its department who also have the agent role. */
export const mayTakeChat = (
  actor: Has,
  groupId: GroupId,
  picture: Pick<Picture, 'groups'>,
): boolean =>
  actor.roles.has('agent') && (actor.groupIds.has(groupId) || managesGroup(actor, groupId, picture))

/** C9: managers look on, whisper and join in the departments they are in. */
export const watchesOver = (
  actor: Has,
  chat: Pick<ChatRef, 'groupId'>,
  picture: Pick<Picture, 'groups'>,
): boolean => managesGroup(actor, chat.groupId, picture)

/** C9: whoever takes over answers, so they need the agent role as well. */
export const mayTakeOver = (
  actor: Has,
  chat: Pick<ChatRef, 'groupId'>,
  picture: Pick<Picture, 'groups'>,
): boolean => actor.roles.has('agent') && watchesOver(actor, chat, picture)

/** C7: whoever answers it and managers of its department; while it waits, whoever may take it. */
export const mayPassOn = (
  actor: Has,
  chat: ChatRef & { state: 'queued' | 'active' | 'ended' },
  picture: Pick<Picture, 'groups'>,
): boolean => {
  if (chat.state === 'ended') return false
  if (chat.state === 'active' && chat.agentId === actor.agentId) return true
  if (chat.state === 'queued' && mayTakeChat(actor, chat.groupId, picture)) return true
  return managesGroup(actor, chat.groupId, picture)
}

/** C9: the switches of whoever is in a department they manage. */
export const managesAgent = (
  actor: Has,
  agentId: AgentId,
  picture: Pick<Picture, 'groups'>,
): boolean =>
  [...picture.groups.values()].some(
    (group) => group.members.has(agentId) && managesGroup(actor, group.id, picture),
  )

/** Groups whose chats they may open without being assignee or participant. */
export const openGroups = (actor: Has, picture: Pick<Picture, 'groups'>): GroupId[] =>
  [...picture.groups.keys()].filter((id) =>
    mayOpenChat(actor, { agentId: null, groupId: id }, picture),
  )

/** An offline message: of a department, unless that is gone; and who took it. */
export type OfflineRef = {
  agentId: string | null
  departmentId: DepartmentId | null
  brandId: BrandId
}

/** Departments whose offline messages they may read: where they are an agent or a manager. */
export const offlineDepartments = (
  actor: Has,
  picture: Pick<Picture, 'groups'>,
): Set<DepartmentId> => {
  const departments = [...actor.groupIds].flatMap(
    (id) => picture.groups.get(id)?.departmentId ?? [],
  )
  return new Set(worksWithVisitors(actor) ? departments : [])
}

/** Whoever took it, who works in its department; without one, managers of the brand. */
export const mayOpenOffline = (
  actor: Has,
  { agentId, departmentId, brandId }: OfflineRef,
  picture: Pick<Picture, 'groups' | 'departments'>,
): boolean => {
  if (!worksWithVisitors(actor)) return false
  if (agentId === actor.agentId) return true
  if (departmentId !== null && picture.departments.has(departmentId)) {
    return offlineDepartments(actor, picture).has(departmentId)
  }
  return managesBrand(actor, brandId)
}

/** A saved message: an agent's own, or one shared with a brand (W13). */
type MessageRef = { agentId: string; brandId: BrandId | null }

export const maySeeMessage = (actor: Has, { agentId, brandId }: MessageRef): boolean =>
  worksWithVisitors(actor) &&
  (brandId === null ? agentId === actor.agentId : actor.brandIds.has(brandId))

/** Managers share with, and change what is shared in, the brands they work in. */
export const mayShareMessages = (actor: Has, brandId: BrandId): boolean =>
  managesBrand(actor, brandId)

export const mayChangeMessage = (actor: Has, { agentId, brandId }: MessageRef): boolean =>
  worksWithVisitors(actor) &&
  (brandId === null ? agentId === actor.agentId : mayShareMessages(actor, brandId))

/** Help articles are written by managers of the brand, and by administrators. */
export const mayWriteArticles = (actor: Has, brandId: BrandId): boolean =>
  isAdministrator(actor) || managesBrand(actor, brandId)

/** Reports: managers about their brands, agents about their own work, administrators about all. */
export const reportScope = (
  actor: Has,
): { all: true } | { brandIds: BrandId[] } | { agentId: string } | undefined => {
  if (isAdministrator(actor)) return { all: true }
  if (isManager(actor)) return { brandIds: [...actor.brandIds] }
  if (actor.roles.has('agent')) return { agentId: actor.agentId }
  return undefined
}

export function mustBeAdministrator(actor: Has): void {
  if (!isAdministrator(actor)) {
    throw new Refusal('not_allowed', 'Only administrators may do this. Ask one of yours.')
  }
}

/** Bans are for managers; in which brands says `managesBrand`. */
export function mustBeManager(actor: Has): void {
  if (!isManager(actor)) {
    throw new Refusal('not_allowed', 'Only managers may do this. Ask one of yours.')
  }
}

/** The chat, or the refusal that does not say whether it exists. */
export function mustOpenChat<T extends ChatRef & { id: ChatId }>(
  actor: Has,
  chat: T | undefined,
  picture: Pick<Picture, 'groups'>,
): T {
  if (!chat || !mayOpenChat(actor, chat, picture)) throw notThere('chat')
  return chat
}

export const ROLES = ['agent', 'manager', 'administrator'] as const satisfies readonly Role[]
