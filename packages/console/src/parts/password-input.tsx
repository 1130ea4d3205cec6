import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './icon-button.tsx'
import { Input } from './input.tsx'

type PasswordInputProps = {
  value: string
  onType: (value: string) => void
  autoComplete: 'current-password' | 'new-password'
}

/** Can be shown, and takes what is pasted. */
export function PasswordInput({ value, onType, autoComplete }: PasswordInputProps) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <Input
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        required
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
        className="pe-9"
      />
      <IconButton
        label={shown ? 'Hide the password' : 'Show the password'}
        onClick={() => setShown(!shown)}
        icon={shown ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
        className="absolute end-1 top-1/2 -translate-y-1/2"
      />
    </div>
  )
}
