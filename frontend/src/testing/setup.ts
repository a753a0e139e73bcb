import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { startI18n } from "@/i18n";
import { installBrowser, resetBrowser } from "@/testing/browser";
import { dismissToast, readToasts } from "@/ui/toasts";

installBrowser();
// Asking the style of every node for every role would be most of the time in jsdom; tests say `toBeVisible` where it counts.
configure({
  asyncUtilTimeout: 20_000,
  defaultHidden: true,
  // The message says what was not found; the whole page after it would hide which test it was.
  getElementError: (message) => new Error(message ?? undefined),
});

beforeAll(() => startI18n());
beforeEach(resetBrowser);
afterEach(() => {
  cleanup();
  for (const { id } of readToasts()) dismissToast(id);
});
