import type { AgentId, PasskeyAnswer, PasskeyMade } from '@beckon/protocol'

/*
 * WebAuthn itself, with what we ask of it: the passkey finds its account by itself (discoverable),
 * and the device asks its owner (user verification), so one passkey is two proofs.
 */

/** Read with the first passkey: most starts never need it. */
const webauthn = () => import('@simplewebauthn/server')

/** The browser gives up after this long, and so does the challenge. */
export const CEREMONY_MS = 300_000

export type Party = { id: string; origin: string }
export type StoredPasskey = {
  agent_id: AgentId
  credential_id: string
  public_key: string
  counter: number
}

const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const decoded = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const handleOf = (agentId: AgentId) => new TextEncoder().encode(agentId)

export const askForNew = async (
  partyId: string,
  about: {
    agentId: AgentId
    email: string
    name: string
    installation: string
    known: readonly { credential_id: string; transports: string }[]
  },
) =>
  (await webauthn()).generateRegistrationOptions({
    rpName: about.installation,
    rpID: partyId,
    userID: handleOf(about.agentId),
    userName: about.email,
    userDisplayName: about.name,
    attestationType: 'none',
    timeout: CEREMONY_MS,
    excludeCredentials: about.known.map(({ credential_id, transports }) => ({
      id: credential_id,
      transports: JSON.parse(transports) as string[],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

export const askForKnown = async (partyId: string) =>
  (await webauthn()).generateAuthenticationOptions({
    rpID: partyId,
    timeout: CEREMONY_MS,
    userVerification: 'required',
  })

/** The new passkey, or undefined when the answer does not hold. */
export async function checkNew(answer: PasskeyMade, challenge: string, party: Party) {
  const { verifyRegistrationResponse } = await webauthn()
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(unproved)
  if (!registrationInfo) return undefined
  const { id, publicKey, counter } = registrationInfo.credential
  return { credentialId: id, publicKey: encoded(publicKey), counter }
}

/** The counter the passkey says it is at, or undefined when the answer does not hold. */
export async function checkKnown(
  answer: PasskeyAnswer,
  challenge: string,
  party: Party,
  passkey: StoredPasskey,
): Promise<number | undefined> {
  if (answer.response.userHandle !== encoded(handleOf(passkey.agent_id))) return undefined
  const { verifyAuthenticationResponse } = await webauthn()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id,
      publicKey: decoded(passkey.public_key),
      counter: passkey.counter,
    },
  }).catch(unproved)
  return verified ? authenticationInfo?.newCounter : undefined
}

/** The library throws a sentence of its own for each way an answer can be wrong. */
const unproved = () => ({
  verified: false as const,
  registrationInfo: undefined,
  authenticationInfo: undefined,
})
