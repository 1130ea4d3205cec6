import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/empty.tsx'

export const Nowhere = () => (
  <main className="flex h-dvh items-center justify-center">
    <Empty
      page
      fact="There is no such page"
      next="The address may be old."
      actions={
        <Link to="/" className="font-medium text-accent-text hover:underline">
          Go to the start
        </Link>
      }
    />
  </main>
)
