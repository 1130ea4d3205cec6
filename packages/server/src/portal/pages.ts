import { bodyOf } from '../articles/body.ts'
import { articlePath, type Published } from '../articles/library.ts'
import { readMarkdown } from '../articles/markdown.ts'
import type { Brand, Department, Site } from '../directory/directory.ts'
import { type Html, html } from './html.ts'
import type { Speech } from './words.ts'

/** What every page of a brand's portal shows. */
export type Portal = {
  brand: Brand
  /** The brand's portal site; switched off, its pages carry no snippet. */
  site: Site | undefined
  departments: readonly Pick<Department, 'id' | 'name' | 'liveChat'>[]
  articles: readonly Published[]
  /** What the articles are written in, whatever the page around them speaks. */
  articlesLanguage: string
  speech: Speech
}

export const STYLE_PATH = '/portal/portal.css'

export const homeOf = (brand: Brand) => `/portal/${brand.slug}`
const lookPath = (brand: Brand) => `${homeOf(brand)}/look.css`
export const contactPath = (brand: Brand) => `${homeOf(brand)}/contact`

export function page(portal: Portal, title: string, main: Html): string {
  const { brand, site, speech } = portal
  const { words } = speech
  const help = withValue(words.helpOf, brand.name)
  const heading = title === brand.name ? help : `${title} · ${brand.name}`
  return shell(
    speech,
    {
      title: heading,
      head: html`${brand.accent ? html`<link rel="stylesheet" href="${lookPath(brand)}">` : ''}
${site && !site.off ? snippet(site) : ''}`,
    },
    html`
<a class="skip" href="#main">${words.skip}</a>
<header>
<div class="bar">
<a class="brand" href="${homeOf(brand)}"><bdi>${brand.logoText ?? brand.name}</bdi> <span>${words.help}</span></a>
<nav aria-label="${words.help}">
<a href="${homeOf(brand)}#articles">${words.articles}</a>
<a href="${contactPath(brand)}">${words.contact}</a>
</nav>
</div>
</header>
<main id="main">${main}</main>
<footer><p>${help}</p></footer>`,
  )
}

const shell = (
  { lang, dir }: Speech,
  { title, head }: { title: string; head?: Html },
  body: Html,
): string =>
  html`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
${head ?? ''}
</head>
<body>${body}
</body>
</html>
`.html

/** A value in its place. It stays as it is, whatever signs are in it. */
export const withValue = (words: string, value: string | number): string =>
  words.replace(/\{\w+\}/, () => String(value))

/** Whether the snippet draws a chat button by itself: the site has a main link. */
export const hasLauncher = ({ site }: Portal): boolean =>
  site !== undefined && !site.off && site.mainLinkId !== null

/** From this very server, so it works under whatever name the page was opened. */
const snippet = (site: Site): Html =>
  html`<script async src="/beckon.js" data-site="${site.key}"></script>`

/** The help's first page; with a question, what was found for it. */
export function homePage(
  portal: Portal,
  asked?: { text: string; found: readonly Published[] },
): string {
  const { words } = portal.speech
  return page(
    portal,
    asked ? withValue(words.searchFor, asked.text) : portal.brand.name,
    html`
<section class="hero">
<h1>${words.how}</h1>
<form class="search" role="search" action="${homeOf(portal.brand)}" method="get">
<label for="q">${words.searchHelp}</label>
<span><input id="q" name="q" type="search" dir="auto" maxlength="200" autocomplete="off" value="${asked?.text ?? ''}">
<button>${words.search}</button></span>
</form>
${asked ? '' : html`<p>${hasLauncher(portal) ? words.askByChat : words.mayGreet}</p>`}
</section>
${asked ? foundList(portal, asked.found) : articleList(portal)}
<section class="ask">
<h2>${words.still}</h2>
<p>${words.glad} <a href="${contactPath(portal.brand)}">${words.ways}</a></p>
</section>`,
  )
}

const articleList = (portal: Portal): Html => html`
<section id="articles" aria-labelledby="articles-title">
<h2 id="articles-title">${portal.speech.words.articles}</h2>
${cards(portal, portal.articles)}
</section>`

function foundList(portal: Portal, found: readonly Published[]): Html {
  const { lang, words } = portal.speech
  const { length } = found
  const count = words.found[new Intl.PluralRules(lang).select(length)] ?? words.found.other
  return html`
<section id="articles" aria-labelledby="articles-title">
<h2 id="articles-title">${length === 0 ? words.nothing : withValue(count, length)}</h2>
${
  length > 0
    ? cards(portal, found)
    : html`<p>${words.fewer} <a href="${homeOf(portal.brand)}">${words.all}</a></p>`
}
</section>`
}

const cards = ({ brand, articlesLanguage }: Portal, articles: readonly Published[]): Html =>
  html`<ul class="cards" lang="${articlesLanguage}">${articles.map(
    (article) => html`
<li><a href="${articlePath(brand, article.slug)}" dir="auto">
<strong>${article.title}</strong><span>${article.lead}</span></a></li>`,
  )}
</ul>`

/** Where a page stands, above it. */
export const crumbs = (
  { brand, speech: { words } }: Portal,
  title: string,
  language?: string,
): Html => html`
<nav class="crumbs" aria-label="${words.path}"><a href="${homeOf(brand)}">${words.help}</a> / <bdi
aria-current="page"${language ? html` lang="${language}"` : ''}>${title}</bdi></nav>`

export const articlePage = (portal: Portal, article: Published): string =>
  page(
    portal,
    article.title,
    html`
${crumbs(portal, article.title, portal.articlesLanguage)}
<article lang="${portal.articlesLanguage}" dir="auto">
<h1>${article.title}</h1>
${article.lead ? html`<p class="lead">${article.lead}</p>` : ''}
${bodyOf(readMarkdown(article.body))}
</article>${otherArticles(portal, article)}`,
  )

/** A few: the first page has them all. */
const MORE = 6

function otherArticles(portal: Portal, article: Published): Html | string {
  const { brand, articles, articlesLanguage, speech } = portal
  const others = articles.filter(({ slug }) => slug !== article.slug).slice(0, MORE)
  if (others.length === 0) return ''
  return html`
<aside aria-labelledby="more"><h2 id="more">${speech.words.more}</h2>
<ul lang="${articlesLanguage}">${others.map(
    (other) => html`
<li><a href="${articlePath(brand, other.slug)}"><bdi>${other.title}</bdi></a></li>`,
  )}
</ul></aside>`
}

/** Several brands: which one? */
export const brandsPage = (brands: readonly Brand[], speech: Speech): string =>
  shell(
    speech,
    { title: speech.words.help },
    html`
<main id="main"><section class="hero"><h1>${speech.words.help}</h1><p>${speech.words.whose}</p></section>
<ul class="cards">${brands.map(
      (brand) =>
        html`<li><a href="${homeOf(brand)}"><strong dir="auto">${brand.name}</strong></a></li>`,
    )}
</ul></main>`,
  )

export function missingPage(portal: Portal): string {
  const { words } = portal.speech
  return page(
    portal,
    words.missing,
    html`
<article>
<h1>${words.missing}</h1>
<p class="lead">${words.moved} <a href="${homeOf(portal.brand)}">${words.toStart}</a></p>
</article>`,
  )
}
