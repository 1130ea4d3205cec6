/** The same snippet in the forms that people paste it in (W18). */
export type SnippetForm = { id: string; name: string; where: string; code: string }

export function snippetForms({
  publicUrl,
  siteKey,
}: {
  publicUrl: string
  siteKey: string
}): SnippetForm[] {
  const src = `${publicUrl}/beckon.js`
  const tag = `<script async src="${src}"\n        data-site="${siteKey}"></script>`
  return [
    { id: 'html', name: 'HTML', where: 'Paste it before </head> on every page.', code: tag },
    {
      id: 'tag-manager',
      name: 'Tag manager',
      where: 'Add a “Custom HTML” tag that fires on all pages.',
      code: tag,
    },
    {
      id: 'wordpress',
      name: 'WordPress',
      where: 'Put it into your theme’s functions.php, or the tag alone into a header plugin.',
      code: `add_action('wp_head', function () {\n  echo '<script async src="${src}" data-site="${siteKey}"></script>';\n});`,
    },
    {
      id: 'next',
      name: 'Next.js',
      where: 'Put it into app/layout.tsx, inside <body>.',
      code: `import Script from 'next/script'\n\n<Script src="${src}"\n        data-site="${siteKey}"\n        strategy="afterInteractive" />`,
    },
  ]
}
