import { useState } from "react";

/** Touch screens have no hover: what is shown on hover elsewhere is there from the start. */
const hasHover = () => window.matchMedia("(hover: hover)").matches;

/** A row makes its menu when it is first pointed at or focused: a menu for each of a thousand rows would be felt. */
export function useLively() {
  const [isLively, setIsLively] = useState(() => !hasHover());
  const enliven = () => setIsLively(true);
  return { isLively, enliven };
}
