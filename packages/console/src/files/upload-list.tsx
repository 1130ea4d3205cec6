import { CircleAlert, LoaderCircle, X } from 'lucide-react'
import { IconButton } from '../parts/icon-button.tsx'
import { fileProblem, sizeWords } from './file-words.ts'
import type { Upload } from './use-uploads.ts'

type UploadListProps = {
  uploads: readonly Upload[]
  onAgain: (upload: Upload) => void
  onDrop: (id: string) => void
}

/** What is on its way, and what did not arrive with the reason; under the text, above the buttons. */
export const UploadList = ({ uploads, onAgain, onDrop }: UploadListProps) => (
  <ul
    aria-label="Files on their way"
    aria-live="polite"
    className="flex flex-col gap-1 px-3 pb-1.5 empty:hidden"
  >
    {uploads.map((upload) => (
      <li key={upload.id} className="flex min-h-7 items-center gap-2 text-small">
        {upload.problem ? (
          <CircleAlert size={14} aria-hidden className="flex-none text-red-text" />
        ) : (
          <LoaderCircle
            size={14}
            aria-hidden
            className="flex-none animate-spin text-text-3 motion-reduce:animate-none"
          />
        )}
        <span className="min-w-0 flex-1 break-words">
          <span className="font-medium">{upload.file.name}</span>{' '}
          {upload.problem ? (
            <span className="text-red-text">{upload.problem}</span>
          ) : (
            <span className="text-text-3">{sizeWords(upload.file.size)}, sending…</span>
          )}
        </span>
        {upload.problem && (
          <>
            {!fileProblem(upload.file) && (
              <button
                type="button"
                className="font-medium text-accent-text hover:underline"
                onClick={() => onAgain(upload)}
              >
                Try again
              </button>
            )}
            <IconButton
              label={`Leave ${upload.file.name} out`}
              icon={<X size={14} aria-hidden />}
              className="size-6"
              onClick={() => onDrop(upload.id)}
            />
          </>
        )}
      </li>
    ))}
  </ul>
)
