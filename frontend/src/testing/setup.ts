import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach } from "vitest";
import { startI18n } from "@/i18n";
import { installBrowser, resetBrowser } from "@/testing/browser";
import { dismissToast, readToasts } from "@/ui/toasts";

installBrowser();
configure({ asyncUtilTimeout: 5_000 });

beforeAll(() => startI18n());
beforeEach(resetBrowser);
afterEach(() => {
  cleanup();
  for (const { id } of readToasts()) dismissToast(id);
});
