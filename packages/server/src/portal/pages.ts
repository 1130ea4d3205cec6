import { bodyOf } from '../articles/body.ts'
import { articlePath, type Published } from '../articles/library.ts'
import { readMarkdown } from '../articles/markdown.ts'
import type { Brand, Department, Site } from '../directory/directory.ts'
import { type Html, html } from './html.ts'

/** What every page of a brand's portal shows. */
export type Portal = {
  brand: Brand
  /** The brand's portal site; switched off, its pages carry no snippet. */
  site: Site | undefined
  departments: readonly Department[]
  articles: readonly Published[]
}

export const STYLE_PATH = '/portal/portal.css'

export const homeOf = (brand: Brand) => `/portal/${brand.slug}`
const lookPath = (brand: Brand) => `${homeOf(brand)}/look.css`
export const contactPath = (brand: Brand) => `${homeOf(brand)}/contact`

export function page(portal: Portal, title: string, main: Html): string {
  const { brand, site } = portal
  const heading = title === brand.name ? `${brand.name} help` : `${title} · ${brand.name}`
  const language = site?.language ?? 'en'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
${brand.accent ? html`<link rel="stylesheet" href="${lookPath(brand)}">` : ''}
${site && !site.off ? snippet(site) : ''}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<div class="bar">
<a class="brand" href="${homeOf(brand)}">${brand.logoText ?? brand.name} <span>Help</span></a>
<nav aria-label="Help">
<a href="${homeOf(brand)}#articles">Articles</a>
<a href="${contactPath(brand)}">Contact</a>
</nav>
</div>
</header>
<main id="main">${main}</main>
<footer><p>Help of ${brand.name}</p></footer>
</body>
</html>
`.html
}

/** Whether the snippet draws a chat button by itself: the site has a main link. */
export const hasLauncher = ({ site }: Portal): boolean =>
  site !== undefined && !site.off && site.mainLinkId !== null

/** From this very server, so it works under whatever name the page was opened. */
const snippet = (site: Site): Html =>
  html`<script async src="/beckon.js" data-site="${site.key}"></script>`

/** The help's first page; with a question, what was found for it. */
export const homePage = (portal: Portal, asked?: { text: string; found: readonly Published[] }) =>
  page(
    portal,
    asked ? `Search: ${asked.text}` : portal.brand.name,
    html`
<section class="hero">
<h1>How can we help?</h1>
<form class="search" role="search" action="${homeOf(portal.brand)}" method="get">
<label for="q">Search the help</label>
<span><input id="q" name="q" type="search" maxlength="200" autocomplete="off" value="${asked?.text ?? ''}">
<button>Search</button></span>
</form>
${asked ? '' : html`<p>${askWords(portal)}</p>`}
</section>
${asked ? foundList(portal, asked.found) : articleList(portal)}
<section class="ask">
<h2>Still looking?</h2>
<p>Our team is glad to hear from you. <a href="${contactPath(portal.brand)}">Ways to reach us</a></p>
</section>`,
  )

const askWords = (portal: Portal): string =>
  hasLauncher(portal)
    ? 'If the answer is not here, ask us: the button in the corner opens a chat.'
    : 'Somebody of our team may say hello while you read.'

const articleList = (portal: Portal): Html => html`
<section id="articles" aria-labelledby="articles-title">
<h2 id="articles-title">Articles</h2>
${cards(portal, portal.articles)}
</section>`

const foundList = (portal: Portal, found: readonly Published[]): Html => html`
<section id="articles" aria-labelledby="articles-title">
<h2 id="articles-title">${
  found.length === 0
    ? 'Nothing found'
    : found.length === 1
      ? 'One article'
      : `${found.length} articles`
}</h2>
${
  found.length > 0
    ? cards(portal, found)
    : html`<p>No article has all of these words. Try fewer of them, or
<a href="${homeOf(portal.brand)}">see all articles</a>.</p>`
}
</section>`

const cards = ({ brand }: Portal, articles: readonly Published[]): Html =>
  html`<ul class="cards">${articles.map(
    (article) => html`
<li><a href="${articlePath(brand, article.slug)}">
<strong>${article.title}</strong><span>${article.lead}</span></a></li>`,
  )}
</ul>`

export const articlePage = (portal: Portal, article: Published): string =>
  page(
    portal,
    article.title,
    html`
<nav class="crumbs" aria-label="You are here"><a href="${homeOf(portal.brand)}">Help</a> / <span
aria-current="page">${article.title}</span></nav>
<article>
<h1>${article.title}</h1>
${article.lead ? html`<p class="lead">${article.lead}</p>` : ''}
${bodyOf(readMarkdown(article.body))}
</article>${otherArticles(portal, article)}`,
  )

/** A few: the first page has them all. */
const MORE = 6

function otherArticles({ brand, articles }: Portal, article: Published): Html | string {
  const others = articles.filter(({ slug }) => slug !== article.slug).slice(0, MORE)
  if (others.length === 0) return ''
  return html`
<aside aria-labelledby="more"><h2 id="more">More articles</h2>
<ul>${others.map(
    (other) => html`
<li><a href="${articlePath(brand, other.slug)}">${other.title}</a></li>`,
  )}
</ul></aside>`
}

/** Several brands: which one? */
export const brandsPage = (brands: readonly Brand[]): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Help</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main id="main"><section class="hero"><h1>Help</h1><p>Whose help are you looking for?</p></section>
<ul class="cards">${brands.map(
    (brand) => html`<li><a href="${homeOf(brand)}"><strong>${brand.name}</strong></a></li>`,
  )}
</ul></main>
</body>
</html>
`.html

export const missingPage = (portal: Portal): string =>
  page(
    portal,
    'Not found',
    html`
<article>
<h1>This page is not here</h1>
<p class="lead">It may have moved. <a href="${homeOf(portal.brand)}">Go to the start of the help</a>
or ask us in a chat.</p>
</article>`,
  )
