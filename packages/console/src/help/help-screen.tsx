import { TopBar } from '../frame/top-bar.tsx'
import { KeyboardMap } from './keyboard-sheet.tsx'

/** The keys, and where the guide is. */
export const HelpScreen = () => (
  <>
    <TopBar title="Help" />
    <main className="min-h-0 flex-1 overflow-y-auto px-8 py-6 max-md:px-4">
      <div className="max-w-[760px]">
        <h2 className="mb-1 text-read font-semibold">Keyboard</h2>
        <KeyboardMap />
        <h2 className="mt-8 mb-1 text-read font-semibold">Guide</h2>
        <p className="text-text-2">
          How Beckon works, how to run it and everything it can be asked over HTTP:{' '}
          <a href="/api/docs" className="font-medium text-accent-text hover:underline">
            API pages of this server
          </a>
          . The guide is in the folder <code className="font-mono">docs</code> of your copy.
        </p>
      </div>
    </main>
  </>
)
