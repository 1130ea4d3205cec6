import { Link } from '@tanstack/react-router'
import { LayoutGrid } from 'lucide-react'

/** From the chats to the board. For managers. */
export const BoardLink = () => (
  <Link
    to="/board"
    className="ring-inside inline-flex h-7 flex-none items-center gap-1.5 rounded-button px-2 font-medium text-text-2 hover:bg-hover hover:text-text max-md:size-8 max-md:justify-center max-md:px-0"
  >
    <LayoutGrid size={15} aria-hidden />
    <span className="max-md:sr-only">Board</span>
  </Link>
)
