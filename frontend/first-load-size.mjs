// Adds up what the first visit to /notifications loads, from Vite's manifest, and fails over the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const budget = { js: 200_000, css: 20_000 };
/** The notifications page, which every admin opens first, is part of the entry. */
const entry = "index.html";

const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const files = { js: new Set(), css: new Set() };

function collect(name) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`${name} is not in the manifest: build first`);
  if (files.js.has(chunk.file)) return;
  files.js.add(chunk.file);
  for (const sheet of chunk.css ?? []) files.css.add(sheet);
  for (const imported of chunk.imports ?? []) collect(imported);
}

collect(entry);

let isOver = false;
for (const [kind, names] of Object.entries(files)) {
  const bytes = [...names].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist))).length, 0);
  isOver ||= bytes > budget[kind];
  const shown = (value) => `${(value / 1000).toFixed(1)} kB`;
  process.stdout.write(`${kind}: ${shown(bytes)} gzip in ${names.size} files, budget ${shown(budget[kind])}\n`);
}
if (isOver) {
  process.stderr.write("The first load is over its budget.\n");
  process.exit(1);
}
