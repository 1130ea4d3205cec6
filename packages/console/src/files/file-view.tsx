import type { ChatFile } from '@beckon/protocol'
import { Download, FileText } from 'lucide-react'
import { sizeWords } from './file-words.ts'

/** A picture of this height at most, so that a chat stays a chat. */
const HIGHEST = 220

/** A file in a chat: a picture shows itself, anything else is a name to be saved. */
export function FileView({ file }: { file: ChatFile }) {
  const { id, name, type, size, width, height } = file
  const href = `/api/v1/files/${id}`
  if (type.startsWith('image/') && width && height) {
    const scale = Math.min(1, HIGHEST / height, 320 / width)
    return (
      <a href={href} target="_blank" rel="noopener noreferrer" className="block" title={name}>
        <img
          src={href}
          alt={name}
          loading="lazy"
          width={Math.round(width * scale)}
          height={Math.round(height * scale)}
          className="max-w-full rounded-item"
        />
      </a>
    )
  }
  return (
    <a
      href={href}
      download={name}
      className="flex items-center gap-2.5 font-medium text-accent-text hover:underline"
    >
      <FileText size={18} aria-hidden className="flex-none" />
      <span className="min-w-0 break-words">
        {name} <span className="text-small font-normal text-text-3">{sizeWords(size)}</span>
      </span>
      <Download size={14} aria-hidden className="flex-none" />
    </a>
  )
}
