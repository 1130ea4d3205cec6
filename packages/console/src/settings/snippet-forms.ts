import { policyLine } from './site-checks.ts'

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
      // Tag managers drop attributes they do not know, so the script is made by hand.
      where: 'Add a “Custom HTML” tag that fires on all pages.',
      code: `<script>\n  var s = document.createElement('script')\n  s.async = true\n  s.src = "${src}"\n  s.dataset.site = "${siteKey}"\n  document.head.appendChild(s)\n</script>`,
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
    {
      id: 'react',
      name: 'React',
      where: 'Put it into the component that stays while pages change, such as App.',
      code: `useEffect(() => {\n${madeByHand(src, siteKey)}\n}, [])`,
    },
    {
      id: 'vue',
      name: 'Vue',
      where: 'Put it into App.vue.',
      code: `onMounted(() => {\n${madeByHand(src, siteKey)}\n})`,
    },
    {
      id: 'policy',
      name: 'Strict policy',
      where:
        'Where the website has a Content-Security-Policy. The nonce only if the policy uses one.',
      code: `<script async nonce="NONCE" src="${src}"\n        data-site="${siteKey}"></script>\n\n${policyLine(publicUrl).replace('; ', '\n')}`,
    },
  ]
}

const madeByHand = (src: string, siteKey: string): string =>
  `  const s = document.createElement('script')\n  s.async = true\n  s.src = "${src}"\n  s.dataset.site = "${siteKey}"\n  document.head.append(s)`
