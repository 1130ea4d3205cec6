import type { ComponentProps } from 'react'
import { cx } from './class-names.ts'
import { useFieldLinks } from './field.tsx'

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldLinks()}
      {...rest}
      className={cx(
        'text-field w-full min-w-0 resize-y px-2.5 py-2 text-read leading-[23px] max-md:text-[16px]',
        className,
      )}
    />
  )
}
