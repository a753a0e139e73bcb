import { expect, test } from "vitest";
import { en } from "@/i18n/en";
import { firstLoad } from "@/i18n/en/first-load";
import { readSources, type SourceGraph } from "@/testing/source-graph";

interface Texts {
  readonly [key: string]: string | Texts;
}
type Keys = ReadonlySet<string>;

const keysOf = (texts: Texts, before = ""): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [before + key] : keysOf(value, `${before}${key}.`),
  );
/** By file and by the name that it exports. */
const catalogues = import.meta.glob<Readonly<Record<string, Texts>>>("./en/*.ts", { eager: true });
const all = keysOf(en);
const known = new Set(all);

/** The keys that a file's texts are asked by: whole ones, and all that begin as a template does. */
function usedIn(text: string): string[] {
  const whole = [...text.matchAll(/"(\w+(?:\.\w+)+)"/g)].flatMap(([, key]) =>
    ["", "_one", "_other"].map((ending) => `${key}${ending}`).filter((name) => known.has(name)),
  );
  const begun = [...text.matchAll(/`(\w+(?:\.\w+)*\.)\$\{/g)].map(([, start = ""]) => start);
  return [...whole, ...(begun.length > 0 ? all.filter((key) => begun.some((start) => key.startsWith(start))) : [])];
}

/** What a `texts.ts` adds: `{ shell: { palette } }` is all of `shell.palette` in the file that it imports. */
function broughtBy(text: string): string[] {
  const [, name = "", file = ""] = /import \{ (\w+) \} from "@\/i18n\/en\/([\w-]+)"/.exec(text) ?? [];
  const bundle = /"translation", (\{.*\}), true/.exec(text)?.[1] ?? "";
  const path = [...bundle.matchAll(/\w+/g)].map(([word]) => word);
  const isRenamed = bundle.includes(`: ${name}`);
  const prefix = `${(isRenamed ? path.slice(0, -1) : path).join(".")}.`;
  return keysOf(catalogues[`./en/${file}.ts`]?.[name] ?? {}, prefix);
}

/** What is there when something loaded on demand appears: the first load's, its own, and that of all who ask for it. */
function thereWith(sources: SourceGraph): (root: string) => Keys {
  const brought = new Map(
    [...sources.texts]
      .filter(([path]) => path.endsWith("texts.ts"))
      .map(([path, text]) => [path, broughtBy(text)] as const), // `as const`: a pair
  );
  const roots = [...sources.lazy.keys()];
  const own = (root: string) => [...sources.loadedWith(root)].flatMap((path) => brought.get(path) ?? []);
  const first: Keys = new Set([...keysOf(firstLoad), ...own("main.tsx")]);
  const askers = (root: string) =>
    ["main.tsx", ...roots].filter((other) =>
      [...(sources.lazy.get(root) ?? [])].some((path) => other !== root && sources.loadedWith(other).has(path)),
    );
  const there = new Map<string, Keys>(roots.map((root) => [root, known]));
  there.set("main.tsx", first);
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const root of roots) {
      const from = askers(root).map((asker) => there.get(asker) ?? first);
      const common = [...(from[0] ?? first)].filter((key) => from.every((keys) => keys.has(key)));
      const next = new Set([...first, ...own(root), ...common]);
      if (next.size !== there.get(root)?.size) isSettled = false;
      there.set(root, next);
    }
  }
  return (root) => there.get(root) ?? first;
}

/** It takes a function without texts from a file that has others too. */
const saysNothing = ["features/orders/order-name.tsx"];

test("whatever is loaded on demand brings the texts that it says, or is asked for by what has them", () => {
  const sources = readSources(`${import.meta.dirname}/..`);
  expect(sources.lazy.size).toBeGreaterThan(50);
  const there = thereWith(sources);
  const roots = ["main.tsx", ...sources.lazy.keys()].filter((root) => !saysNothing.includes(root));
  const missing = roots.flatMap((root) =>
    [...sources.loadedWith(root)].flatMap((path) =>
      [...new Set(usedIn(sources.texts.get(path) ?? ""))]
        .filter((key) => !path.startsWith("i18n/") && !there(root).has(key))
        .map((key) => `${root}: ${path} says ${key}`),
    ),
  );
  expect(missing).toEqual([]);
});
