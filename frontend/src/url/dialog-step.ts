/**
 * How to go to an address that opens or closes a dialog: closing replaces what opening pushed, for Back must not open
 * it again. `createAppHistory` makes a step back of it where it leads to the page below.
 */
export function dialogStep(isOpen: boolean | undefined) {
  return { replace: !isOpen, resetScroll: false };
}
