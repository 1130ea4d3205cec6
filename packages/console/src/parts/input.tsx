import type { ComponentProps } from 'react'
import { cx } from './class-names.ts'
import { useFieldLinks } from './field.tsx'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldLinks()}
      {...rest}
      className={cx(
        'text-field h-[34px] w-full min-w-0 px-2.5 max-md:h-10 max-md:text-[16px]',
        className,
      )}
    />
  )
}
