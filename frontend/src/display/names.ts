/** "Sophie Thill" -> "ST" */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => word?.charAt(0).toLocaleUpperCase() ?? "").join("");
}

/** A registered code in plain words when we have none: `data_quality` -> "Data quality". */
export function humanised(code: string): string {
  const words = code.replaceAll(/[._-]+/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
