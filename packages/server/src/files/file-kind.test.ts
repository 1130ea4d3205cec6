import { describe, expect, test } from 'vitest'
import { kindOf, safeName } from './file-kind.ts'

const office = (...names: string[]) =>
  Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    Buffer.from(`${' '.repeat(40)}${names.join(' ')}`),
  ])

describe('C5 what a file is', () => {
  test.each([
    ['a PDF', Buffer.from('%PDF-1.7\n…'), 'application/pdf'],
    ['plain text', Buffer.from('Grüße, 你好\n1 < 2'), 'text/plain'],
    ['a Word document', office('[Content_Types].xml', 'word/document.xml'), 'document'],
    ['a sheet', office('[Content_Types].xml', 'xl/workbook.xml'), 'sheet'],
  ])('%s is taken', (_, bytes, type) => {
    expect(kindOf(bytes)?.type).toContain(type)
  })

  test.each([
    ['a page', Buffer.from('  <!DOCTYPE html><script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['an XML that may be one', Buffer.from('<?xml version="1.0"?><svg/>')],
    ['a program', Buffer.from('MZ\x90\x00\x03\x00\x00\x00', 'latin1')],
    ['an archive', office('secret/a.exe')],
    ['a document with macros', office('[Content_Types].xml', 'word/vbaProject.bin')],
    ['bytes that are no text', Buffer.from([0xc3, 0x28, 0x41, 0x42])],
    ['the beginning of a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
  ])('T9 %s is refused', (_, bytes) => {
    expect(kindOf(bytes)).toBeUndefined()
  })

  test.each([
    ['plan.pdf', 'plan.pdf'],
    ['PLAN.PDF', 'PLAN.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\kim\\plan.pdf', 'plan.pdf'],
    ['plan.pdf.exe', 'plan.pdf.exe.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['gpj.\u202efdp', 'gpj.fdp.pdf'],
    ['a"b\r\nx: y.pdf', 'abx y.pdf'],
    ['  ', 'file.pdf'],
  ])('T9 the name %j becomes %j', (name, safe) => {
    expect(safeName(name, { type: 'application/pdf', endings: ['pdf'] })).toBe(safe)
  })
})
