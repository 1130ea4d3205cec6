import type { BrandView, Me, SiteView } from '@beckon/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRight, ShieldCheck } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Input } from '../parts/input.tsx'
import { Pill } from '../parts/pill.tsx'
import { brandsQuery, meQuery, queryClient, signalsQuery, sitesQuery } from '../queries.ts'
import { addressOf, readSiteAddress } from '../settings/site-address.ts'
import { SiteTest } from '../settings/site-test.tsx'
import { Snippet } from '../settings/snippet.tsx'
import { SetupFrame } from './setup-frame.tsx'

type WebsiteStepProps = { me: Me; foot: ReactNode; onBack: () => void }

/** Steps three and four: the address, the snippet, and waiting for the first hit. */
export function WebsiteStep({ me, foot, onBack }: WebsiteStepProps) {
  const { data: sites, error } = useQuery(sitesQuery)
  const [url, setUrl] = useState<string>()
  const site = sites?.find((one) => one.kind === 'website')
  const done = ['account', 'team'] as const
  if (!site) {
    return (
      <SetupFrame step="website" done={done} foot={foot}>
        {error && (
          <p role="alert" className="text-red-text">
            {sentenceOf(error)}
          </p>
        )}
      </SetupFrame>
    )
  }
  if (url === undefined) {
    return (
      <SetupFrame step="website" done={done} foot={foot}>
        <AddressForm site={site} onSaved={setUrl} onBack={onBack} />
      </SetupFrame>
    )
  }
  return <FirstVisitor me={me} site={site} url={url} foot={foot} onBack={() => setUrl(undefined)} />
}

/** What the first run calls it as long as nobody has said how. */
const UNNAMED = 'Beckon'

/** The brand, while there is just one: later its name is changed in the settings. */
const onlyOf = (brands: readonly BrandView[] | undefined): BrandView | undefined =>
  brands?.length === 1 ? brands[0] : undefined

/** What somebody has said it is called. */
const saidName = (brand: BrandView | undefined): string =>
  brand && brand.name !== UNNAMED ? brand.name : ''

const MOST_NAME = 80

/** A website's own name; an address on this machine is none. */
const nameOf = (host: string): string | undefined =>
  /[a-z].*\./i.test(host) ? host.replace(/^www\./, '').slice(0, MOST_NAME) : undefined

type AddressFormProps = { site: SiteView; onSaved: (url: string) => void; onBack: () => void }

function AddressForm({ site, onSaved, onBack }: AddressFormProps) {
  const [typed, setTyped] = useState(() => addressOf(site.origins) ?? '')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { data: brands } = useQuery(brandsQuery)
  const only = onlyOf(brands)
  const [name, setName] = useState<string>()
  const nameNow = name ?? saidName(only)
  const address = readSiteAddress(typed)
  const unsaid = (address && nameOf(address.host)) ?? UNNAMED

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!address)
      return setProblem('Type an address such as shop.example or http://localhost:3000.')
    setBusy(true)
    try {
      if (addressOf(site.origins) !== address.url.replace(/\/$/, '')) {
        const change = { name: address.host.slice(0, 80), origins: address.origins }
        await api('PATCH', `/sites/${site.id}`, change)
        await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
      }
      // Who is quick is here before the brand is: what was typed counts, and what it is called already.
      const brand = only ?? onlyOf(await queryClient.ensureQueryData(brandsQuery))
      const called = (name ?? saidName(brand)).trim() || unsaid
      if (brand && called !== brand.name) {
        await api('PATCH', `/brands/${brand.id}`, { name: called })
        await Promise.all(
          [brandsQuery, meQuery].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })),
        )
      }
      onSaved(address.url)
    } catch (thrown) {
      setProblem(sentenceOf(thrown))
      setBusy(false)
    }
  }

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <h1 className="text-display font-semibold">Your website</h1>
      <p className="mt-1 mb-7 max-w-[560px] text-[15px] leading-6 text-text-2">
        Beckon accepts visitors only from addresses you name, so nobody else can fill your list.
      </p>
      <div className="flex max-w-[420px] flex-col gap-4">
        <Field
          label="Address of the website"
          hint="Subdomains are included. More addresses and websites can be added later."
          error={problem}
        >
          <Input
            autoFocus
            inputMode="url"
            autoComplete="url"
            spellCheck={false}
            placeholder="shop.example"
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setProblem(undefined)
            }}
          />
        </Field>
        <Field
          label="What your visitors call you"
          hint={`The name of your shop or company: on your public page, in mails and when you sign in. Left empty, it is ${address ? `“${unsaid}”` : 'the website’s address'}.`}
        >
          <Input
            autoComplete="organization"
            maxLength={MOST_NAME}
            placeholder="Ridgeline Cycles"
            value={nameNow}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <div className="mt-3 flex items-center gap-2">
          <Button type="submit" variant="primary" size={36} busy={busy && 'Saving…'}>
            Get the snippet
          </Button>
          <Button variant="ghost" size={36} onClick={onBack}>
            Back
          </Button>
        </div>
      </div>
    </form>
  )
}

type FirstVisitorProps = {
  me: Me
  site: SiteView
  url: string
  foot: ReactNode
  onBack: () => void
}

function FirstVisitor({ me, site, url, foot, onBack }: FirstVisitorProps) {
  const { data } = useQuery(signalsQuery(site.id))
  const navigate = useNavigate()
  const hit = data?.signals.lastHit ?? undefined
  const finish = () => void navigate({ to: '/' })

  async function allow(origin: string) {
    await api('PATCH', `/sites/${site.id}`, { origins: [...site.origins, origin] })
    await queryClient.invalidateQueries({ queryKey: sitesQuery.queryKey })
  }

  return (
    <SetupFrame
      step={hit ? 'visitor' : 'website'}
      done={hit ? ['account', 'team', 'website', 'visitor'] : ['account', 'team']}
      foot={foot}
      aside={<Next title={hit?.title} place={hit?.city} site={site} />}
    >
      <h1 className="text-display font-semibold">
        {hit ? 'Your first visitor is here' : 'Put Beckon on your website'}
      </h1>
      <p className="mt-1 mb-6 max-w-[600px] text-[15px] leading-6 text-text-2">
        {hit ? (
          'It works. Keep the line on every page you want to see visitors on; everything else can wait.'
        ) : (
          <>
            Paste this line before{' '}
            <code className="rounded-chip bg-sunken px-1.5 py-0.5 font-mono text-[13px]">
              {'</head>'}
            </code>{' '}
            on every page you want to see visitors on. It is 4 KB, loads after your page, and shows
            your visitors nothing until you say so.
          </>
        )}
      </p>
      <div className="flex flex-col gap-4">
        <Snippet
          publicUrl={me.publicUrl}
          siteKey={site.key}
          aside={
            <>
              Site key for <strong className="font-medium text-text">{site.name}</strong>
            </>
          }
        />
        <SiteTest site={site} me={me} websiteUrl={url} onAllow={(origin) => void allow(origin)} />
      </div>
      <div className="mt-9 flex items-center gap-2">
        <Button variant="ghost" size={36} onClick={onBack}>
          Back
        </Button>
        <span className="flex-1" />
        {!hit && (
          <Button variant="ghost" size={36} onClick={finish}>
            I’ll do this later
          </Button>
        )}
        <Button variant={hit ? 'primary' : 'secondary'} size={36} onClick={finish}>
          <span className="inline-flex items-center gap-1.5">
            Continue to Who's On
            <ArrowRight size={15} aria-hidden />
          </span>
        </Button>
      </div>
    </SetupFrame>
  )
}

type NextProps = { title: string | undefined; place: string | undefined; site: SiteView }

/** What the list will look like with the first visitor in it. */
const Next = ({ title, place, site }: NextProps) => (
  <div className="flex flex-col gap-7">
    <section>
      <h2 className="mb-3 text-small text-text-3">What you will see next</h2>
      <div className="rounded-sheet bg-surface shadow-sheet">
        <div className="flex items-center gap-2 border-b border-line px-3.5 py-2.5">
          <span className="font-semibold">Who's On</span>
          <span className="flex-1 text-small text-text-2">{title ? 1 : 0} online</span>
          {title ? (
            <Pill hue="green" icon="disc">
              Live
            </Pill>
          ) : (
            <Pill icon="disc">Waiting</Pill>
          )}
        </div>
        <div className="flex flex-col gap-2.5 p-3.5">
          <div
            className={`rounded-input border px-3.5 py-2.5 ${title ? 'border-accent-line bg-accent-soft' : 'border-dashed border-line-strong'}`}
          >
            <p className="font-medium">You, in another tab</p>
            <p className="text-small break-words text-text-3">
              {title
                ? [title, place].filter(Boolean).join(' · ')
                : 'The page you opened · your city · your browser'}
            </p>
          </div>
          {[0, 1].map((one) => (
            <div
              key={one}
              className="flex flex-col gap-2 rounded-input border border-line px-3.5 py-4"
            >
              <span className="h-2 w-28 rounded-full bg-sunken" />
              <span className="h-2 w-44 rounded-full bg-sunken" />
            </div>
          ))}
        </div>
      </div>
    </section>
    <section>
      <h2 className="mb-3 text-small text-text-3">Privacy on this site</h2>
      <p className="flex gap-2.5 text-text-2">
        <ShieldCheck size={16} aria-hidden className="mt-0.5" />
        <span>{privacyWords(site)}</span>
      </p>
    </section>
  </div>
)

function privacyWords(site: SiteView): string {
  const known = {
    returning: 'Returning visitors are recognised',
    visit: 'Visitors are recognised for one visit',
    presence: 'Nothing is stored in the visitor’s browser',
  }[site.privacy]
  const address = {
    full: 'addresses are kept in full',
    masked: 'addresses are kept masked',
    none: 'addresses are not kept',
  }[site.ipMode]
  return `${known}, ${address}. Change it in Settings → Sites.`
}
