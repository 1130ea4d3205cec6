import { PLACES } from './places.ts'
import type { Random } from './random.ts'
import type { Persona } from './simulated-visitor.ts'

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (iPad; CPU OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
]

const BOT_AGENTS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
]

const GIVEN = [
  'Marta',
  'Mikkel',
  'Oliver',
  'Aiko',
  'Grace',
  'Elif',
  'Noah',
  'Sofia',
  'Ravi',
  'Ingrid',
  'Tomás',
  'Chloé',
  'Lukas',
  'Zanele',
  'Yuval',
  'Ewa',
  'Pieter',
  'Aoife',
  'Jonas',
  'Priya',
  'Mateo',
  'Hana',
  'Lars',
  'Giulia',
  'نور',
  'יעל',
  '健太',
  'Øyvind',
] as const
const FAMILY = [
  'Kowalczyk',
  'Sørensen',
  'Bennett',
  'Tanaka',
  'Okafor',
  'Aydın',
  'Weiss',
  'Romano',
  'Menon',
  'Lindqvist',
  'Ferreira',
  'Dubois',
  'Novák',
  'Dlamini',
  'Cohen',
  'Nowak',
  'de Vries',
  'Murphy',
  'Schmidt',
  'Raman',
  'García',
  'Suzuki',
  'Berg',
  'Conti',
] as const

/** An invented person: where they are, what they browse with, and perhaps who the site knows them to be. */
export function inventPersona(random: Random, where: { site: string; origin: string }): Persona {
  if (random.chance(0.04)) {
    return { ...where, userAgent: random.pick(BOT_AGENTS), address: address(random).address }
  }
  const place = address(random)
  const persona: Persona = { ...where, ...place, userAgent: random.pick(USER_AGENTS) }
  if (random.chance(0.35)) persona.identity = inventIdentity(random)
  return persona
}

function address(random: Random): Pick<Persona, 'address' | 'language' | 'timeZone'> {
  // Larger countries stand for more cities, so picking a city first keeps the crowd's proportions.
  const cities = PLACES.flatMap((place) => place.addresses.map((network) => ({ network, place })))
  const { network, place } = random.pick(cities)
  const host = network.replace(/\.1$/, `.${random.between(2, 250)}`)
  return { address: host, language: place.language, timeZone: place.timeZone }
}

function inventIdentity(random: Random): NonNullable<Persona['identity']> {
  const given = random.pick(GIVEN)
  const family = random.pick(FAMILY)
  const latin = /^[a-z]+$/i
  const handle = `${given}.${family}`
    .normalize('NFD')
    .replace(/[^a-z.]/gi, '')
    .replace(/^\.|\.$/g, '')
    .toLowerCase()
  const email = `${handle.length > 4 ? handle : `guest${random.between(100, 999)}`}@mail.example`
  if (random.chance(0.15))
    return { username: `${handle.slice(0, 6) || 'rider'}_${random.between(1, 99)}` }
  if (random.chance(0.15)) return { email }
  const attributes = {
    plan: random.pick(['free', 'club', 'trade']),
    basket: String(random.between(0, 5)),
  }
  return latin.test(given)
    ? { name: `${given} ${family}`, email, attributes }
    : { name: `${given} ${family}`, attributes }
}
