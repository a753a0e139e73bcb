/** How to go to an address that opens or closes a dialog: closing replaces what opening pushed, for Back must not open it again. */
export function dialogStep(isOpen: boolean | undefined) {
  return { replace: !isOpen, resetScroll: false };
}
