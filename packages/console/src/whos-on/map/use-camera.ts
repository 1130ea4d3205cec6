import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import {
  type Camera,
  clamped,
  grip,
  type Point,
  panned,
  type Size,
  showing,
  zoomed,
} from './camera.ts'

const STEP = 80
const KEY_ZOOM = 1.6

/** The camera under pointer, wheel and keys. It starts by showing `points`, as soon as there are some. */
export function useCamera(
  frame: RefObject<HTMLElement | null>,
  points: readonly (readonly [number, number])[] | undefined,
) {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  const [camera, setCamera] = useState<Camera>({ x: 512, y: 380, k: 1 })
  const placed = useRef(false)
  const fingers = useRef(new Map<number, Point>())

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSize({ width, height })
      setCamera((now) => clamped(now, { width, height }))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])

  useEffect(() => {
    if (placed.current || !points || points.length === 0 || size.width === 0) return
    placed.current = true
    setCamera(showing(points, size))
  }, [points, size])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    // React's wheel listeners are passive and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const at = [event.clientX - box.left, event.clientY - box.top] as const
      const by = 2 ** (-event.deltaY * (event.deltaMode === 1 ? 0.06 : 0.0022))
      setCamera((now) => zoomed(now, { width: box.width, height: box.height }, { by, at }))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [frame])

  const zoom = (by: number, at?: readonly [number, number]) =>
    setCamera((now) => zoomed(now, size, at ? { by, at } : { by }))
  const pan = (dx: number, dy: number) => setCamera((now) => panned(now, size, [dx, dy]))
  const letGo = ({ pointerId }: PointerEvent) => void fingers.current.delete(pointerId)

  return {
    camera,
    size,
    zoomIn: () => zoom(KEY_ZOOM),
    zoomOut: () => zoom(1 / KEY_ZOOM),
    show: (some: readonly (readonly [number, number])[]) => setCamera(showing(some, size)),
    lookAt: (x: number, y: number, k: number) => setCamera(clamped({ x, y, k }, size)),
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        fingers.current.set(event.pointerId, pointOf(event))
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const before = grip([...fingers.current.values()])
        if (!before || !fingers.current.has(event.pointerId)) return
        fingers.current.set(event.pointerId, pointOf(event))
        const now = grip([...fingers.current.values()])
        if (!now) return
        pan(now.x - before.x, now.y - before.y)
        if (before.apart === 0) return
        const box = event.currentTarget.getBoundingClientRect()
        zoom(now.apart / before.apart, [now.x - box.left, now.y - box.top])
      },
      onPointerUp: letGo,
      onPointerCancel: letGo,
      onKeyDown(event: KeyboardEvent) {
        const moves: Record<string, () => void> = {
          ArrowLeft: () => pan(STEP, 0),
          ArrowRight: () => pan(-STEP, 0),
          ArrowUp: () => pan(0, STEP),
          ArrowDown: () => pan(0, -STEP),
          '+': () => zoom(KEY_ZOOM),
          '=': () => zoom(KEY_ZOOM),
          '-': () => zoom(1 / KEY_ZOOM),
        }
        const move = moves[event.key]
        if (!move || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        move()
      },
    },
  }
}

const pointOf = ({ clientX: x, clientY: y }: PointerEvent): Point => ({ x, y })
