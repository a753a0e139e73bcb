import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "frontend",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./frontend/src", import.meta.url)) } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://tocsin.test/" } },
    setupFiles: ["./src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
    restoreMocks: true,
    // Only what fails takes so long; a machine that does other work besides must not decide.
    testTimeout: 60_000,
    // Files share their modules: to load Mantine anew for each would be half of the time. What a test leaves behind
    // is put away in src/testing/setup.ts.
    pool: "threads",
    isolate: false,
    // Vitest leaves one core free by itself, for whoever is watching; here nobody is.
    maxWorkers: "100%",
  },
});
