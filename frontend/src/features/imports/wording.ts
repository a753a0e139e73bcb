import "@/features/imports/texts";
import type { TFunction } from "i18next";
import { humanised } from "@/display/names";
import { feedLanguages, importStatuses } from "@/features/imports/search";

export function importStatusName(t: TFunction, status: string): string {
  const known = importStatuses.find((each) => each === status);
  return known ? t(`imports.status.${known}`) : humanised(status);
}

export function languageName(t: TFunction, language: string): string {
  const known = feedLanguages.find((each) => each === language);
  return known ? t(`imports.languageName.${known}`) : language.toUpperCase();
}
