import {
  ChartNoAxesColumn,
  CircleMinus,
  CircleQuestionMark,
  Keyboard,
  KeyRound,
  Map as MapIcon,
  MessagesSquare,
  Moon,
  Power,
  Radar,
  Settings2,
  Sun,
} from 'lucide-react'
import type { ReactNode } from 'react'

/** By the icon's name in a command. */
export const PALETTE_ICONS: Readonly<Record<string, ReactNode>> = {
  radar: <Radar size={16} aria-hidden />,
  map: <MapIcon size={16} aria-hidden />,
  chats: <MessagesSquare size={16} aria-hidden />,
  reports: <ChartNoAxesColumn size={16} aria-hidden />,
  settings: <Settings2 size={16} aria-hidden />,
  help: <CircleQuestionMark size={16} aria-hidden />,
  available: <Power size={16} aria-hidden />,
  unavailable: <CircleMinus size={16} aria-hidden />,
  light: <Sun size={16} aria-hidden />,
  dark: <Moon size={16} aria-hidden />,
  keys: <Keyboard size={16} aria-hidden />,
  'sign-in': <KeyRound size={16} aria-hidden />,
}
