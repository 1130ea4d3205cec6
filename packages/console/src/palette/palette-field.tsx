import { Search } from 'lucide-react'
import { Kbd } from '../parts/kbd.tsx'
import { setPaletteOpen } from './open-palette.ts'

/** Looks like a search field, and opens the palette. */
export const PaletteField = () => (
  <button
    type="button"
    aria-haspopup="dialog"
    onClick={() => setPaletteOpen(true)}
    className="flex h-[30px] w-[216px] flex-none items-center gap-2 rounded-input bg-sunken px-2.5 text-text-3 hover:text-text max-xl:w-9 max-xl:justify-center max-xl:px-0 max-md:w-[30px]"
  >
    <Search size={15} aria-hidden className="flex-none" />
    <span className="min-w-0 flex-1 truncate text-start max-xl:sr-only">Search or jump to…</span>
    <span aria-hidden className="max-xl:hidden">
      <Kbd keys="⌘K" />
    </span>
  </button>
)
