const FACES = ['Bad', 'Poor', 'Fair', 'Good', 'Great']

/** As the visitor saw it, and where that stands. */
export const ratingWords = (rating: number): string =>
  `${FACES[rating - 1] ?? '?'} (${rating} of 5)`
