import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser to test with: E2E_CHROMIUM, Playwright's own, or the system's; throws a sentence when there is none. */
export function chromiumExecutable(): string {
  const chosen = process.env["E2E_CHROMIUM"];
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`E2E_CHROMIUM names ${chosen}, which does not exist.`);
    return chosen;
  }
  const found = [chromium.executablePath(), ...system].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "No Chromium was found. Run `npx playwright install chromium`, or as root `apt-get install chromium`, " +
      "or set E2E_CHROMIUM to one.",
  );
}
