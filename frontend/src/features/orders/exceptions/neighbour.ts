/** The row before or after one, passing over those that are gone; after one that is not listed comes the first. */
export function neighbourOf(
  items: readonly { readonly id: number }[],
  id: number | undefined,
  step: 1 | -1,
  gone: readonly number[] = [],
): number | undefined {
  const at = items.findIndex((item) => item.id === id);
  if (at < 0 && step < 0) return undefined;
  for (let next = at + step; next >= 0 && next < items.length; next += step) {
    const found = items[next];
    if (found && found.id !== id && !gone.includes(found.id)) return found.id;
  }
  return undefined;
}
