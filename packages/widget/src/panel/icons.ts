import { icon } from '../icons.ts'

export const minusIcon = () => icon('M5 12h14')
export const dotsIcon = () => icon('M12 4.5v1m0 6v1m0 6v1M11.5 5h1m-1 7h1m-1 7h1')
export const clipIcon = () =>
  icon(
    'm16 6-8.4 8.6a2 2 0 0 0 2.8 2.8l8.4-8.6a4 4 0 0 0-5.6-5.6l-8.4 8.6a6 6 0 0 0 8.4 8.4l8.4-8.6',
  )
export const upIcon = () => icon('m5 12 7-7 7 7M12 19V5')
export const smileIcon = () =>
  icon('M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20ZM8 14s1.5 2 4 2 4-2 4-2M9 9v.01M15 9v.01')
