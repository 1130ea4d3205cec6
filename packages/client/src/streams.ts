/** Package entry: snapshots, events and what they make of a state. */
export { applyEvent, applyVisitorChat, lastSeq, resumed } from './apply.ts'
export {
  createSubscriptions,
  type Subscription,
  type SubscriptionListener,
  type Subscriptions,
  type TopicOf,
} from './subscriptions.ts'
