import { createContext, useContext, useEffect } from "react";

/** Holds the sheet around until the function that it gives is called. */
export const SheetHold = createContext<() => () => void>(() => () => undefined);

/** As long as it is held, Escape, a click beside it and its button do not close the sheet around. */
export function useHoldSheet(isHeld: boolean): void {
  const hold = useContext(SheetHold);
  useEffect(() => (isHeld ? hold() : undefined), [isHeld, hold]);
}

/** For the one that shows the sheet: a hook of its own would be outside of it. */
export function HoldSheet({ isHeld }: { isHeld: boolean }): null {
  useHoldSheet(isHeld);
  return null;
}
