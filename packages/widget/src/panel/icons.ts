import { icon } from '../icons.ts'

export const minusIcon = () => icon('M5 12h14')
export const dotsIcon = () => icon('M12 5v.01M12 5.2v-.4M12 11.8v.4M12 18.8v.4')
export const upIcon = () => icon('m5 12 7-7 7 7M12 19V5')
