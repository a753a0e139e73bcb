import type { TFunction } from "i18next";
import { humanised } from "@/display/names";
import { categoryOf } from "@/features/preferences/categories";

export function categoryName(t: TFunction, name: string): string {
  const category = categoryOf(name);
  return category ? t(`preferences.category.${category}`) : humanised(name);
}
