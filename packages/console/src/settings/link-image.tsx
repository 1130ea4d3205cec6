import { IMAGE_BYTES, type ImageId, type ImageView, imagePath, type SiteId } from '@beckon/protocol'
import { ImageUp, X } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { IconButton } from '../parts/icon-button.tsx'

type LinkImageProps = {
  label: string
  siteId: SiteId
  imageId: ImageId | null
  hint?: ReactNode
  onChange: (imageId: ImageId | null) => void
}

/** A small picture of the customer's own. What it is, the server decides by what stands in it. */
export function LinkImage({ label, siteId, imageId, hint, onChange }: LinkImageProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function upload(file: File) {
    setProblem(undefined)
    if (file.size > IMAGE_BYTES) {
      setProblem('The picture is larger than 100 KB. Make it smaller.')
      return
    }
    setBusy(true)
    try {
      const data = await base64(file)
      onChange((await api<ImageView>('POST', '/images', { siteId, data })).id)
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
    }
    setBusy(false)
  }

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        className="sr-only"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) void upload(file)
          currentTarget.value = ''
        }}
      />
      <div className="flex items-center gap-2">
        {imageId && (
          <img
            src={imagePath(imageId)}
            alt=""
            className="h-[34px] max-w-24 rounded-item border border-line object-contain"
          />
        )}
        <Button
          busy={busy && 'Uploading…'}
          icon={<ImageUp size={15} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {imageId ? 'Another' : 'Choose a picture'}
        </Button>
        {imageId && (
          <IconButton
            label={`Take away: ${label}`}
            icon={<X size={15} aria-hidden />}
            onClick={() => onChange(null)}
          />
        )}
      </div>
      {problem ? (
        <p role="alert" className="text-small text-red-text">
          {problem}
        </p>
      ) : (
        <p className="text-small text-text-3">{hint ?? 'PNG, JPEG, WebP or GIF, up to 100 KB.'}</p>
      )}
    </div>
  )
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
