import type { Act } from './act.ts'
import * as chats from './chat-acts.ts'
import * as invitations from './invitation-acts.ts'
import { race } from './races.ts'
import * as surroundings from './surrounding-acts.ts'
import { must, type World } from './world.ts'

/** Does one act. What it expects of the answer at once it says itself; the rest is for the invariants. */
export async function perform(world: World, act: Act): Promise<unknown> {
  const person = () => must('v' in act ? world.people[act.v] : undefined)
  switch (act.do) {
    case 'invite':
      return invitations.invite(world, act)
    case 'inviteTwice':
      return invitations.inviteTwice(world, person())
    case 'withdraw':
      return invitations.withdraw(world, person(), act.a)
    case 'delivered':
    case 'viewed':
    case 'typing':
    case 'keep':
    case 'decline':
    case 'reply':
      return invitations.answer(world, act)
    case 'replyTwice':
      return invitations.replyTwice(world, act.v)
    case 'viewedTwice':
      return invitations.viewedTwice(world, act.v)
    case 'lateReply':
      return invitations.lateReply(world, person())
    case 'start':
      return chats.start(world, person())
    case 'openChat':
      return chats.open(world, person())
    case 'visitorTypes':
    case 'visitorSees':
      return chats.visitorActs(world, person(), act)
    case 'agentTypes':
    case 'agentSees':
      return chats.agentActs(world, person(), act)
    case 'visitorSend':
      return chats.visitorSends(world, person())
    case 'visitorEnd':
      return chats.visitorEnds(world, person())
    case 'agentSend':
      return chats.agentSends(world, person(), act.a)
    case 'take':
      return chats.agentAsks(world, person(), 'chat.take', act.a)
    case 'agentEnd':
      return chats.agentAsks(world, person(), 'chat.end', act.a)
    case 'takeTwice':
      return chats.takeTwice(world, person())
    case 'race':
      return race(world, person(), act)
    case 'openTab':
      return world.arrive(person(), act.blog ? world.scene.ids.blog : world.scene.ids.shop)
    case 'closeTab':
    case 'navigate':
    case 'leave':
      return surroundings.move(world, person(), act.do)
    case 'tick':
      return world.scene.advance(act.ms)
    case 'toggle':
      return surroundings.toggle(world, act.what)
    case 'restart':
      return surroundings.restart(world)
    case 'repeat':
      return surroundings.repeat(world)
  }
}
