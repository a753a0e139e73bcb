/** The style of an element as far as a page without stylesheets decides it: what the browser hides by itself, and what stands in `style`. */

const HIDDEN = "[hidden], [popover], dialog:not([open]), script, style, template, head, title, meta, link";

// Names are read with a space between blocks and none between words of one line.
const BLOCK =
  /^(address|article|aside|blockquote|body|dd|details|dialog|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/;

const INHERITED: Readonly<Record<string, string>> = { visibility: "visible", pointerEvents: "auto" };

function inherited(element: Element, property: string, initial: string): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const own = at instanceof HTMLElement || at instanceof SVGElement ? Reflect.get(at.style, property) : "";
    if (own) return String(own);
  }
  return initial;
}

function display(element: Element, own: CSSStyleDeclaration): string {
  if (own.display) return own.display;
  if (element.matches(HIDDEN)) return "none";
  if (/^(button|input|select|textarea)$/.test(element.localName)) return "inline-block";
  return BLOCK.test(element.localName) ? "block" : "inline";
}

function styleOf(element: HTMLElement | SVGElement): CSSStyleDeclaration {
  return new Proxy(element.style, {
    get(own, property) {
      if (property === "display") return display(element, own);
      if (property === "getPropertyValue") return (name: string) => named(element, own, name);
      if (typeof property === "string" && property in INHERITED) {
        return inherited(element, property, INHERITED[property] ?? "");
      }
      const value: unknown = Reflect.get(own, property, own);
      return typeof value === "function" ? value.bind(own) : value;
    },
  });
}

function named(element: Element, own: CSSStyleDeclaration, name: string): string {
  if (name === "display") return display(element, own);
  if (name === "visibility") return inherited(element, "visibility", "visible");
  if (name === "pointer-events") return inherited(element, "pointerEvents", "auto");
  return own.getPropertyValue(name);
}

// Files share a window, and this module: the first one finds jsdom's own.
const ofEveryRule = window.getComputedStyle.bind(window);

/**
 * In place of jsdom's, which asks every rule of every sheet about every node: half of the suite's time went there.
 * Tests load no stylesheets, and what only these decide is looked at in a browser (tests/e2e).
 */
export function computedStyle(element: Element, pseudo?: string | null): CSSStyleDeclaration {
  const isOwn = !pseudo && (element instanceof HTMLElement || element instanceof SVGElement);
  return isOwn ? styleOf(element) : ofEveryRule(element, pseudo);
}
