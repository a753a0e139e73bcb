import { expect, test } from "vitest";
import { loadFailedStyles, watchStyles } from "@/theme/failed-styles";

const links = () => [...document.head.querySelectorAll<HTMLLinkElement>('link[href="/part.css"]')];
const tell = (what: "load" | "error") => {
  for (const link of links()) link.dispatchEvent(new Event(what));
};

test("a stylesheet that failed is asked for anew with the next part, until it comes", async () => {
  watchStyles();
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "/part.css" });
  document.head.append(link);
  tell("error");
  const second = loadFailedStyles();
  expect(links()).not.toContain(link);
  tell("error");
  await expect(second).rejects.toThrow("/part.css");
  const third = loadFailedStyles();
  tell("load");
  await third;
  const [came] = links();
  await loadFailedStyles();
  expect(links()).toEqual([came]);
  came?.remove();
});
