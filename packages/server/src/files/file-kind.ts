import { imageFacts } from '../links/image.ts'

/*
 * What a file is, by what stands in it and never by what it is called. A short list of what people
 * send each other; whatever a browser could run is not on it.
 */

export type FileKind = {
  type: string
  /** One of these endings, or the first is added: a name never promises something else. */
  endings: readonly string[]
}

const PDF: FileKind = { type: 'application/pdf', endings: ['pdf'] }
const TEXT: FileKind = { type: 'text/plain', endings: ['txt', 'csv', 'md', 'log', 'json'] }
const OFFICE: Record<string, FileKind> = {
  word: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
  },
  xl: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
  },
  ppt: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    endings: ['pptx'],
  },
}
const PICTURES: Record<string, FileKind> = {
  'image/png': { type: 'image/png', endings: ['png'] },
  'image/jpeg': { type: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  'image/webp': { type: 'image/webp', endings: ['webp'] },
  'image/gif': { type: 'image/gif', endings: ['gif'] },
}

/** Undefined: nothing that is taken. */
export function kindOf(bytes: Buffer): FileKind | undefined {
  const picture = pictureType(bytes)
  if (picture) return PICTURES[picture]
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return PDF
  if (bytes.readUInt32LE(0) === ZIP && bytes.length > 30) return officeKind(bytes)
  return isPlainText(bytes) ? TEXT : undefined
}

/** A local file header of a zip archive. */
const ZIP = 0x04034b50
/** Text is looked at whole; this much says whether it is worth it. */
const MARKUP = /^\s*<(!doctype|html|svg|\?xml|script|body|head|iframe)/i

function pictureType(bytes: Buffer): string | undefined {
  try {
    return imageFacts(bytes)?.type
  } catch {
    // It ends in the middle of its own header.
    return undefined
  }
}

/** Office documents are archives that name their first folder; other archives are not taken. */
function officeKind(bytes: Buffer): FileKind | undefined {
  const names = bytes.toString('latin1')
  if (!names.includes('[Content_Types].xml') || /vbaProject\.bin/i.test(names)) return undefined
  const folder = /\b(word|xl|ppt)\//.exec(names)?.[1]
  return folder ? OFFICE[folder] : undefined
}

function isPlainText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !MARKUP.test(text.slice(0, 200))
  } catch {
    return false
  }
}

/** Characters that a name may not have anywhere: separators, quotes, control and direction signs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"*/:<>?\\|]/g

/** The name without folders and tricks, ending as its kind does. */
export function safeName(name: string, { endings }: FileKind): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(UNSAFE, '').replace(/^\.+/, '').trim().slice(-120) || 'file'
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(clean)?.[1]?.toLowerCase()
  return ending && endings.includes(ending) ? clean : `${clean}.${endings[0]}`
}
