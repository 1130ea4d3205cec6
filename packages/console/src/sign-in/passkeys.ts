import type { Me, PasskeyAnswer, PasskeyMade } from '@beckon/protocol'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { ApiProblem, api } from '../api.ts'

/** A passkey is for a name: not for an address, and only where the connection is safe. */
export const passkeysHere = (): boolean =>
  window.isSecureContext &&
  browserSupportsWebAuthn() &&
  !/^[\d.]+$|^\[/.test(window.location.hostname)

/** Asks the browser for a passkey. `quietly` offers it among what the browser fills into the email. */
export async function askForPasskey({ quietly = false } = {}): Promise<PasskeyAnswer> {
  const { options } = await api<{ options: PublicKeyCredentialRequestOptionsJSON }>(
    'POST',
    '/sign-in/passkey/options',
  )
  const { id, rawId, response } = await startAuthentication({
    optionsJSON: options,
    useBrowserAutofill: quietly,
  }).catch(refused)
  const { authenticatorData, clientDataJSON, signature, userHandle = '' } = response
  return {
    id,
    rawId,
    type: 'public-key',
    response: { authenticatorData, clientDataJSON, signature, userHandle },
  }
}

export const signInWithPasskey = async (answer: PasskeyAnswer): Promise<Me> =>
  api<Me>('POST', '/sign-in/passkey', answer)

/** Signs in with a passkey chosen in the email field; undefined where the browser cannot offer one. */
export async function offeredPasskey(): Promise<PasskeyAnswer | undefined> {
  if (!passkeysHere() || !(await browserSupportsWebAuthnAutofill())) return undefined
  return askForPasskey({ quietly: true })
}

/** What is still asked of the browser is taken back. */
export const stopAsking = (): void => WebAuthnAbortService.cancelCeremony()

/** Makes a passkey on a device. */
export async function makePasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<PasskeyMade> {
  const { id, rawId, response } = await startRegistration({ optionsJSON: options }).catch(refused)
  const { clientDataJSON, attestationObject, transports } = response
  return {
    id,
    rawId,
    type: 'public-key',
    response: { clientDataJSON, attestationObject, ...(transports && { transports }) },
  }
}

/** Browsers tell little, so that pages cannot find out who has what. */
function refused(thrown: unknown): never {
  const known =
    thrown instanceof WebAuthnError && thrown.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
  throw new ApiProblem(
    'wrong_passkey',
    known
      ? 'This device has a passkey for you already.'
      : 'No passkey was used. Try again, or go on without one.',
    0,
  )
}
