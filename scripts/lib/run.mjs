import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a command in the repository. Quiet commands keep their output until they fail; those that
 * run beside others give it whole lines at a time to `eachLine`. `behind`: others come first.
 * Resolves with the exit code and the output; rejects only if the command cannot be started.
 */
export function run(
  command,
  args,
  { quiet = false, eachLine, behind = false, env = {}, cwd = root, input } = {},
) {
  return new Promise((resolve, reject) => {
    const out = quiet || eachLine ? 'pipe' : 'inherit'
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', out, out],
    })
    if (behind && child.pid) setPriority(child.pid, 5)
    if (eachLine) {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', eachLine)
      }
    }
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    if (input !== undefined) child.stdin.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a tool of the workspace (node_modules/.bin). */
export const tool = (name, args, options) =>
  run(process.execPath, [`${root}node_modules/${name}`, ...args], options)
