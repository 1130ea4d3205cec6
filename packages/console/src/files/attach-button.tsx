import { Paperclip } from 'lucide-react'
import { useRef } from 'react'
import { IconButton } from '../parts/icon-button.tsx'

/** Chooses files; they may also be pasted or dropped. */
export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        label="Send a file"
        icon={<Paperclip size={16} aria-hidden />}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(event.currentTarget.files ?? [])
          // The same file may be chosen once more.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
