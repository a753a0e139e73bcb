import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The pages' source files as they import each other, by path below src. */
export interface SourceGraph {
  readonly texts: ReadonlyMap<string, string>;
  /** Loaded together with a file, itself included. */
  readonly loadedWith: (path: string) => ReadonlySet<string>;
  /** What is loaded later, on demand, with the files that ask for it. */
  readonly lazy: ReadonlyMap<string, ReadonlySet<string>>;
}

const isTest = /\.test\.tsx?$|(^|\/)testing\/|\.d\.ts$/;

export function readSources(root: string): SourceGraph {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  const texts = new Map(
    paths
      .map((path) => relative(root, join(root, path)))
      .filter((path) => !isTest.test(path))
      .map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
  const found = (specifier: string): string | undefined => {
    if (!specifier.startsWith("@/")) return undefined;
    const base = specifier.slice(2);
    return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((path) => texts.has(path));
  };
  const named = (text: string, pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].flatMap(([, specifier]) => found(specifier ?? "") ?? []);

  const imports = new Map([...texts].map(([path, text]) => [path, named(text, staticImport)]));
  const lazy = new Map<string, Set<string>>();
  for (const [path, text] of texts)
    for (const wanted of named(text, dynamicImport)) lazy.set(wanted, (lazy.get(wanted) ?? new Set()).add(path));
  const known = new Map<string, ReadonlySet<string>>();
  const loadedWith = (path: string) => {
    const loaded = known.get(path) ?? closure(imports, path);
    known.set(path, loaded);
    return loaded;
  };
  return { texts, loadedWith, lazy };
}

const staticImport = /^(?:import|export)\s(?!type )(?:[^;"]*?from )?"([^"]+)"/gm;
const dynamicImport = /\bimport\("([^"]+)"\)/g;

function closure(imports: ReadonlyMap<string, readonly string[]>, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(imports.get(path) ?? []));
  }
  return seen;
}
