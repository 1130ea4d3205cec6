import { useEffect, useRef, useState } from 'react'
import type { Camera, Size } from './camera.ts'
import { drawLand, type Land, loadLand } from './land.ts'

/** The shapes under the marks. Drawn again only when the camera, the size or the theme changes. */
export function LandCanvas({ camera, size }: { camera: Camera; size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [land, setLand] = useState<Land>()
  const [failed, setFailed] = useState(false)
  const theme = useTheme()

  useEffect(() => {
    const leaving = new AbortController()
    void (async () => {
      try {
        for await (const shapes of loadLand(leaving.signal)) {
          if (leaving.signal.aborted) return
          setLand(shapes)
        }
      } catch {
        // The marks and the list beside work without shapes; only the coarse ones are missed aloud.
        if (!leaving.signal.aborted) setFailed(true)
      }
    })()
    return () => leaving.abort()
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is other colours
  useEffect(() => {
    if (!canvas.current || !land || size.width === 0) return
    drawLand(canvas.current, land, { ...camera, ...size })
  }, [land, camera, size, theme])

  return (
    <>
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      {failed && !land && (
        <p className="absolute inset-x-0 top-1/2 text-center text-text-3">
          The shapes of the land could not be loaded. Visitors are at their places all the same.
        </p>
      )}
    </>
  )
}

function useTheme(): boolean {
  const isDark = () => document.documentElement.classList.contains('dark')
  const [dark, setDark] = useState(isDark)
  useEffect(() => {
    const observer = new MutationObserver(() => setDark(isDark()))
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })
    return () => observer.disconnect()
  })
  return dark
}
