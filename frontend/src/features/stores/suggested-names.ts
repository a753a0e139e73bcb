/** "Café Lëtz & Co" -> "CAFELETZCO" */
export function suggestedCode(name: string): string {
  return plain(name)
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .toUpperCase()
    .slice(0, 50);
}

/** "Café Lëtz & Co" -> "cafe-letz-co" */
export function suggestedSubdomain(name: string): string {
  const words = plain(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return words
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63)
    .replace(/-+$/, "");
}

function plain(name: string): string {
  return name.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss").replaceAll("œ", "oe");
}
