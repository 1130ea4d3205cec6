import type { Sharp } from 'sharp'

/** Larger ones are made smaller: nobody looks at more in a chat. */
const LONGEST_SIDE = 2_560
/** A small file may unfold into gigabytes; beyond this it is not unfolded at all. */
const MOST_PIXELS = 50_000_000

export type Picture = { bytes: Buffer; width: number; height: number }

/**
 * The same picture, drawn anew: what was hidden in the file (place, camera, a document behind the
 * last byte) is not in it any more. Undefined: it could not be read.
 */
export async function drawAnew(bytes: Buffer, type: string): Promise<Picture | undefined> {
  try {
    const picture = (await drawing())(bytes, {
      limitInputPixels: MOST_PIXELS,
      failOn: 'error',
      animated: type === 'image/gif',
    })
      // As the camera was held; the note about it goes with the rest.
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    const { data, info } = await as(picture, type).toBuffer({ resolveWithObject: true })
    return { bytes: data, width: info.width, height: info.pageHeight ?? info.height }
  } catch {
    return undefined
  }
}

/** Read with the first picture: it takes longer to load than much of the rest of the product. */
async function drawing() {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

function as(picture: Sharp, type: string): Sharp {
  switch (type) {
    case 'image/png':
      return picture.png()
    case 'image/webp':
      return picture.webp({ quality: 86 })
    case 'image/gif':
      return picture.gif()
    default:
      return picture.jpeg({ quality: 86, mozjpeg: false })
  }
}
