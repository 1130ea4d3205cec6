import { useState } from 'react'
import { CopyButton } from '../parts/copy-button.tsx'
import { Segment } from '../parts/segment.tsx'

/** How a website's server signs who somebody is, without a library; and what its page does with it. */
const EXAMPLES = [
  {
    id: 'node',
    name: 'Node',
    code: `import { createHmac } from 'node:crypto'

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function beckonToken(person) {
  const head = encode({ alg: 'HS256', typ: 'JWT' })
  const body = encode({
    sub: String(person.id),
    name: person.name,
    email: person.email,
    exp: Math.floor(Date.now() / 1000) + 3600
  })
  const signature = createHmac('sha256', process.env.IDENTITY_KEY)
    .update(head + '.' + body)
    .digest('base64url')
  return head + '.' + body + '.' + signature
}`,
  },
  {
    id: 'php',
    name: 'PHP',
    code: `function beckon_token($person) {
  $encode = fn($text) => rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
  $head = $encode(json_encode(['alg' => 'HS256', 'typ' => 'JWT']));
  $body = $encode(json_encode([
    'sub' => (string) $person->id,
    'name' => $person->name,
    'email' => $person->email,
    'exp' => time() + 3600,
  ]));
  $key = getenv('IDENTITY_KEY');
  return "$head.$body." . $encode(hash_hmac('sha256', "$head.$body", $key, true));
}`,
  },
  {
    id: 'python',
    name: 'Python',
    code: `import base64, hashlib, hmac, json, os, time

def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=')

def beckon_token(person):
    head = encode(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode())
    body = encode(json.dumps({
        'sub': str(person.id),
        'name': person.name,
        'email': person.email,
        'exp': int(time.time()) + 3600,
    }).encode())
    key = os.environ['IDENTITY_KEY'].encode()
    signature = encode(hmac.new(key, head + b'.' + body, hashlib.sha256).digest())
    return b'.'.join([head, body, signature]).decode()`,
  },
  {
    id: 'page',
    name: 'In the page',
    code: `<script>
  (window.beckon = window.beckon || []).push(['identify', {
    token: 'what your server signed for this page',
    plan: 'gold'
  }])
</script>`,
  },
] as const

export function IdentityExamples() {
  const [chosen, choose] = useState<string>('node')
  const example = EXAMPLES.find(({ id }) => id === chosen) ?? EXAMPLES[0]
  return (
    <div className="flex flex-col items-start gap-2.5">
      <Segment
        label="Example"
        value={example.id as string}
        onChange={choose}
        options={EXAMPLES.map(({ id, name }) => ({ value: id as string, label: name }))}
      />
      <div className="relative w-full rounded-menu bg-code">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, also by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-menu px-5 py-4 font-mono max-md:pt-13 text-[13px] leading-[20px] text-code-text select-text"
        >
          <code>{example.code}</code>
        </pre>
        <span className="absolute end-3 top-3">
          <CopyButton text={example.code} onCode />
        </span>
      </div>
    </div>
  )
}
