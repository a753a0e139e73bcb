import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env["TOCSIN_API_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  root: "frontend",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./frontend/src", import.meta.url)) } },
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Inlined assets would need `data:` in the page's content security policy for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The first load in two files instead of fifty: libraries, which change seldom, and our own code.
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules/, tags: ["$initial"], priority: 2 },
            { name: "app", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: api }, "/openapi.json": { target: api } },
  },
});
