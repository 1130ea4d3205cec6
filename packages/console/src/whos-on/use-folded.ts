import { useCallback, useState } from 'react'

/** Keys of the groups that show their heading only. */
export function useFolded(): [readonly string[], (key: string) => void, () => void] {
  const [folded, setFolded] = useState<readonly string[]>([])
  const fold = useCallback(
    (key: string) =>
      setFolded((now) =>
        now.includes(key) ? now.filter((one) => one !== key) : [...now, key].sort(),
      ),
    [],
  )
  const unfoldAll = useCallback(() => setFolded([]), [])
  return [folded, fold, unfoldAll]
}
