import { createContext, useContext, useEffect } from "react";

/** Holds the sheet around until the function that it gives is called. */
export const SheetHold = createContext<() => () => void>(() => () => undefined);

/** As long as it is held, Escape, a click beside it and its button do not close the sheet around. */
export function useHoldSheet(isHeld: boolean): void {
  const hold = useContext(SheetHold);
  useEffect(() => (isHeld ? hold() : undefined), [isHeld, hold]);
}
