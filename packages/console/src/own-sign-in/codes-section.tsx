import type { OwnAccess, RecoveryCodes } from '@beckon/protocol'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { api, sentenceOf } from '../api.ts'
import { Button } from '../parts/button.tsx'
import { toast } from '../parts/toast-queue.ts'
import { serverClock } from '../server-clock.ts'
import { whenWords } from '../whos-on/details/times.ts'
import { CodesOff } from './codes-off.tsx'
import { CodesOn } from './codes-on.tsx'
import { readAgain } from './own-access-query.ts'
import { OwnRow, OwnRows, OwnSection } from './own-section.tsx'
import { RecoveryDialog } from './recovery-dialog.tsx'
import { useProof } from './use-proof.tsx'

/** The second step after the password. */
export function CodesSection({ codes }: { codes: OwnAccess['codes'] }) {
  const [open, setOpen] = useState<'on' | 'off'>()
  const [recovery, setRecovery] = useState<readonly string[]>()
  const { proving, dialog } = useProof()

  async function renew() {
    try {
      const made = await proving(() => api<RecoveryCodes>('POST', '/me/recovery-codes'))
      setRecovery(made.codes)
      await readAgain()
    } catch (thrown) {
      toast.show({ text: sentenceOf(thrown) })
    }
  }

  return (
    <OwnSection
      name="Codes from an app"
      lead="After the password you type 6 figures that an app on your phone shows. Somebody who has found out your password stays out."
      act={codes === null && <Button onClick={() => setOpen('on')}>Switch codes on</Button>}
    >
      {codes && (
        <OwnRows>
          <OwnRow
            icon={<Smartphone size={16} />}
            name={`On since ${whenWords(codes.since, serverClock.now())}`}
            second={leftWords(codes.recoveryCodesLeft)}
            acts={
              <>
                <Button onClick={() => void renew()}>New recovery codes</Button>
                <Button variant="danger" onClick={() => setOpen('off')}>
                  Switch off
                </Button>
              </>
            }
          />
        </OwnRows>
      )}
      {open === 'on' && (
        <CodesOn
          proving={proving}
          onOn={(made) => {
            setOpen(undefined)
            setRecovery(made)
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'off' && <CodesOff onClose={() => setOpen(undefined)} />}
      {recovery && <RecoveryDialog codes={recovery} onClose={() => setRecovery(undefined)} />}
      {dialog}
    </OwnSection>
  )
}

const leftWords = (left: number): string =>
  left === 0
    ? 'No recovery code left. Make new ones.'
    : left === 1
      ? '1 recovery code left. Make new ones.'
      : `${left} recovery codes left`
