import type { UseFormReturnType } from "@mantine/form";
import { useMemo, useRef } from "react";
import { isSameBody } from "@/api/same-body";

/** Whether something was typed since a form was opened, or since it was let go: what is sent need not be guarded. */
export function useTyped<Values extends object>({ getValues }: Pick<UseFormReturnType<Values>, "getValues">) {
  const before = useRef<Values | null>(null);
  before.current ??= getValues();
  return useMemo(
    () => ({
      isTyped: () => before.current !== null && !isSameBody(getValues(), before.current),
      letGo: () => {
        before.current = getValues();
      },
    }),
    [getValues],
  );
}
