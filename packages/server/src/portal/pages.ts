import type { Brand, Department, Site } from '../directory/directory.ts'
import { ARTICLES, type Article } from './articles.ts'
import { type Html, html } from './html.ts'

/** What every page of a brand's portal shows. */
export type Portal = {
  brand: Brand
  /** The brand's portal site; switched off, its pages carry no snippet. */
  site: Site | undefined
  departments: readonly Department[]
}

export const STYLE_PATH = '/portal/portal.css'

const homeOf = (brand: Brand) => `/portal/${brand.slug}`
const articlePath = (brand: Brand, article: Article) => `${homeOf(brand)}/help/${article.slug}`
const lookPath = (brand: Brand) => `${homeOf(brand)}/look.css`
const contactPath = (brand: Brand) => `${homeOf(brand)}/contact`

function page(portal: Portal, title: string, main: Html): string {
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
const hasLauncher = ({ site }: Portal): boolean =>
  site !== undefined && !site.off && site.mainLinkId !== null

/** From this very server, so it works under whatever name the page was opened. */
const snippet = (site: Site): Html =>
  html`<script async src="/beckon.js" data-site="${site.key}"></script>`

export const homePage = (portal: Portal): string =>
  page(
    portal,
    portal.brand.name,
    html`
<section class="hero">
<h1>How can we help?</h1>
<p>Answers to what people ask most. ${
      hasLauncher(portal)
        ? 'If yours is not here, ask us: the button in the corner opens a chat.'
        : 'Somebody of our team may say hello while you read.'
    }</p>
</section>
<section id="articles" aria-labelledby="articles-title">
<h2 id="articles-title">Articles</h2>
<ul class="cards">${ARTICLES.map(
      (article) => html`
<li><a href="${articlePath(portal.brand, article)}">
<strong>${article.title}</strong><span>${article.lead}</span></a></li>`,
    )}
</ul>
</section>
<section class="ask">
<h2>Still looking?</h2>
<p>Our team is glad to hear from you. <a href="${contactPath(portal.brand)}">Ways to reach us</a></p>
</section>`,
  )

export const articlePage = (portal: Portal, article: Article): string =>
  page(
    portal,
    article.title,
    html`
<nav class="crumbs" aria-label="You are here"><a href="${homeOf(portal.brand)}">Help</a> / <span
aria-current="page">${article.title}</span></nav>
<article>
<h1>${article.title}</h1>
<p class="lead">${article.lead}</p>
${article.body}
</article>
<aside aria-labelledby="more"><h2 id="more">More articles</h2>
<ul>${ARTICLES.filter((other) => other !== article).map(
      (other) => html`
<li><a href="${articlePath(portal.brand, other)}">${other.title}</a></li>`,
    )}
</ul></aside>`,
  )

export function contactPage(portal: Portal): string {
  const chatting = portal.departments.filter((department) => department.liveChat)
  return page(
    portal,
    'Contact',
    html`
<nav class="crumbs" aria-label="You are here"><a href="${homeOf(portal.brand)}">Help</a> / <span
aria-current="page">Contact</span></nav>
<article>
<h1>Contact</h1>
${
  chatting.length > 0
    ? html`
<p class="lead">${
        hasLauncher(portal)
          ? 'Chat with us: the button in the corner of this page opens a conversation. While nobody is there, it says so.'
          : 'Stay on this page for a moment: somebody of our team sees that you are here and can write to you.'
      }</p>
<h2>Who answers</h2>
<ul>${chatting.map((department) => html`<li>${department.name}</li>`)}</ul>`
    : html`<p class="lead">Our chat is switched off at the moment. Please come back later.</p>`
}
</article>`,
  )
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
