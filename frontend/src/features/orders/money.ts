import i18n from "i18next";

/** "€12.50" in the words of the page's language; a currency that the browser does not know stands as its code. */
export function money(cents: number, currency: string): string {
  const amount = cents / 100;
  try {
    return new Intl.NumberFormat(i18n.language, { style: "currency", currency }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2 }).format(amount)} ${currency}`;
  }
}
