/** The nonce that this response's content security policy asks of style elements. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
}

/** The scroll lock of dialogs (react-remove-scroll) reads its nonce from this global, its only way in. */
export function giveNonceToScrollLock(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
