import type { BrandView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink, Layers, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { brandsQuery } from '../queries.ts'
import { BrandForm } from './brand-form.tsx'
import { List } from './list.tsx'
import { SettingsPage } from './settings-page.tsx'

export function BrandsPage() {
  const brands = useQuery(brandsQuery)
  const [open, setOpen] = useState<BrandView | 'new'>()
  return (
    <SettingsPage
      title="Brands"
      end={
        <Button
          variant="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => setOpen('new')}
        >
          Add a brand
        </Button>
      }
    >
      <p className="mb-4 text-text-2">
        A brand has its own websites, departments and portal, and its visitors are seen only by
        people who are in one of its groups. Most teams need one.
      </p>
      <List
        query={brands}
        keyOf={(brand) => brand.id}
        empty={
          <Empty
            drawing={<Layers size={56} strokeWidth={1} />}
            fact="There is no brand"
            next="Websites and departments belong to one."
          />
        }
      >
        {(brand) => <Row brand={brand} onOpen={() => setOpen(brand)} />}
      </List>
      {open && (
        <BrandForm
          brand={open === 'new' ? undefined : open}
          only={brands.data?.length === 1}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SettingsPage>
  )
}

type RowProps = { brand: BrandView; onOpen: () => void }

const Row = ({ brand, onOpen }: RowProps) => (
  <div className="flex min-h-[52px] items-center gap-4 px-2">
    <span className="min-w-0 flex-1 truncate font-medium">{brand.name}</span>
    <a
      href={`/portal/${brand.slug}`}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex items-center gap-1.5 text-small text-text-3 hover:text-text"
    >
      /portal/{brand.slug}
      <ExternalLink size={13} aria-hidden />
    </a>
    <IconButton
      label={`Edit ${brand.name}`}
      icon={<Pencil size={15} aria-hidden />}
      onClick={onOpen}
    />
  </div>
)
