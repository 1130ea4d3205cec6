import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** Replaces the hint and says how to mend it. */
  error?: string | undefined
  children: ReactNode
  /** Beside the label, at its end. */
  aside?: ReactNode
}
type FieldLinks = { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

const Links = createContext<FieldLinks>({})

/** What ties a control to the Field around it; spread onto the control before its own props. */
export const useFieldLinks = (): FieldLinks => useContext(Links)

/** Label above, hint below; the control inside finds its label and hint by itself. */
export function Field({ label, hint, error, aside, children }: FieldProps) {
  const id = useId()
  const below = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      <Links
        value={{ id, 'aria-describedby': below, ...(error ? { 'aria-invalid': true } : undefined) }}
      >
        {children}
      </Links>
      {error ? (
        <p id={below} role="alert" className="flex gap-1.5 text-small text-red-text">
          <CircleAlert size={14} className="mt-0.5" aria-hidden />
          <span>{error}</span>
        </p>
      ) : (
        hint && (
          <p id={below} className="text-small text-text-3">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
