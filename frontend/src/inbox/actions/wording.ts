import type { TFunction } from "i18next";
import type { ActionKind } from "@/api/types";
import { humanised } from "@/display/names";

const kinds = [
  "retry_import",
  "retry_run",
  "sync_now",
  "test_credentials",
  "open_exceptions",
] as const satisfies readonly ActionKind[];

export function actionName(t: TFunction, kind: string): string {
  const known = kinds.find((each) => each === kind);
  return known ? t(`actions.kind.${known}`) : humanised(kind);
}
