import { icon } from '../icons.ts'

export const minusIcon = () => icon('M5 12h14')
export const dotsIcon = () => icon('M12 5h.01M12 12h.01M12 19h.01')
export const upIcon = () => icon('m5 12 7-7 7 7M12 19V5')
