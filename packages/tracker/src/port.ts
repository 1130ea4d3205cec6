import type { Look, VisitorFrame, VisitorServerFrame } from '@beckon/protocol'

export type PortState = 'connecting' | 'open' | 'lost' | 'stopped'

export type Welcome = Extract<VisitorServerFrame, { type: 'welcome' }>
export type LinksFrame = Extract<VisitorServerFrame, { type: 'links' }>

/**
 * How the widget reaches the server: through the tracker's one connection. The widget owns no
 * socket, no storage and no timers of the connection.
 */
export type Port = {
  readonly state: PortState
  /** The last welcome, once there was one. Its `look` is kept current. */
  readonly welcome: Welcome | undefined
  /** Origin of the Beckon server, from the script's own address. */
  readonly origin: string
  /** Opens the panel: by a live chat link of the page, with its look, and back to its element. */
  open(look?: Look, opener?: HTMLElement): void
  /** Takes connection, widget and everything kept away from this page; `show` comes back once nothing is against it. */
  hide(): void
  show(): void
  /** False when not connected: nothing is queued here, the widget's outbox resends after `open`. */
  send(frame: VisitorFrame): boolean
  /** Every server frame but `move`, as it comes; and each change of state, `open` only after a welcome. */
  on(listener: (happening: PortHappening) => void): () => void
  /** Storage as the privacy level in force allows; presence-only keeps it in memory. Keys get a prefix. */
  readonly storage: {
    get(key: string): string | undefined
    set(key: string, value: string | null): void
    /** Calls back when another tab of this origin changes the key. */
    watch(key: string, changed: (value: string | null) => void): () => void
  }
  /** Timers captured before the page could replace them. */
  readonly timers: {
    after(ms: number, work: () => void): () => void
    every(ms: number, work: () => void): () => void
  }
}

export type PortHappening =
  | { type: 'frame'; frame: VisitorServerFrame }
  | { type: 'state'; state: PortState }

/** What the page's calls ask of the widget: `beckon.open()` and `beckon.close()`. */
export type WidgetHandle = {
  open: Port['open']
  close(): void
  /** Removes every trace from the page. */
  destroy(): void
}

/** The widget's entry chunk exports this. It shows itself only when there is something to show. */
export type MountWidget = (port: Port) => WidgetHandle
