const failed = new Set<HTMLLinkElement>();

/** Vite asks for the stylesheet of a part once, and takes it for loaded ever after, also when it failed. */
export function watchStyles(): void {
  document.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === "stylesheet") failed.add(target);
    },
    // What fails to load tells nobody above it otherwise.
    { capture: true },
  );
}

/** Asks anew for the stylesheets that failed, and fails when one does again: no part is shown without its own. */
export async function loadFailedStyles(): Promise<void> {
  await Promise.all([...failed].map(loadAgain));
}

function loadAgain(link: HTMLLinkElement): Promise<void> {
  failed.delete(link);
  // Another one in its place: the one that failed is not asked for again.
  const fresh = document.importNode(link);
  return new Promise((resolve, reject) => {
    fresh.addEventListener("load", () => resolve());
    fresh.addEventListener("error", () => reject(new Error(`A stylesheet did not come: ${fresh.href}`)));
    link.replaceWith(fresh);
  });
}
