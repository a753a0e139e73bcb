import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useRef, useState } from "react";
import { nextStep, type PolicyValues } from "@/features/escalation/policy-form";

/** Adding and removing steps; whoever removes one goes on at the button that adds one. */
export function useSteps(form: UseFormReturnType<PolicyValues>) {
  const addButton = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState(0);
  const [removals, setRemovals] = useState(0);

  // In an effect: without any step the button is another one, and beside ten it cannot have the focus.
  useEffect(() => {
    if (removals > 0) addButton.current?.focus();
  }, [removals]);

  return {
    addButton,
    newest: keyOf(added),
    add: () => {
      form.insertListItem("steps", nextStep(form.getValues().steps, keyOf(added + 1)));
      setAdded(added + 1);
    },
    remove: (at: number) => {
      form.removeListItem("steps", at);
      form.clearErrors();
      setRemovals((before) => before + 1);
    },
  };
}

function keyOf(added: number): string {
  return `added-${added}`;
}
