/** Mantine's `sm` is 48em; the design turns narrow under 720 px, which is 45em: set so in the theme. */
export const narrow = "sm";
export const narrowWidth = "45em";
