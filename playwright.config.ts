import { defineConfig } from "@playwright/test";
import { chromiumExecutable } from "./tests/e2e/chromium";

const port = process.env["TOCSIN_E2E_PORT"] ?? "8099";
const letzshopPort = process.env["TOCSIN_E2E_LETZSHOP_PORT"] ?? "8098";
const python = process.env["TOCSIN_PYTHON"] ?? ".venv/bin/python";

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  // The product is one and shared: stories follow each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only what fails takes so long; a machine that does other work besides must not decide.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "en-GB",
    timezoneId: "Europe/Luxembourg",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromiumExecutable(),
      args: [
        // Only root needs it: Chromium's sandbox refuses uid 0.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  webServer: [
    {
      command: `${python} tests/e2e/serve.py`,
      url: `http://127.0.0.1:${port}/health/ready`,
      timeout: 120_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
      stdout: "ignore",
      stderr: "pipe",
    },
    {
      // No orders that arrive by themselves: stories count them. Its fault `slow` leaves time to look.
      command: `${python} -m backend.cli letzshop-sim --port ${letzshopPort} --live-every 0 --slow-seconds 1.5`,
      url: `http://127.0.0.1:${letzshopPort}/health`,
      timeout: 60_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
      stdout: "ignore",
      stderr: "pipe",
    },
  ],
});
