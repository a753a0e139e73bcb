import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useEffectEvent, useState } from "react";
import { isSameBody, withEdits } from "@/api/same-body";

interface Reading<Doc, Values> {
  valuesOf: (document: Doc) => Values;
  /** What would be sent: two states of the fields with the same body are the same. */
  bodyOf: (values: Values) => object;
}

/**
 * A form over a whole document that others may change too. Whether it is changed is told by comparing documents:
 * the form's own `isDirty` forgets lists, and fields that were changed back.
 */
export function useDocument<Doc, Values extends object>(
  form: UseFormReturnType<Values>,
  newest: Doc,
  { valuesOf, bodyOf }: Reading<Doc, Values>,
) {
  const [kept, setKept] = useState(newest);
  const [theirs, setTheirs] = useState<Doc | null>(null);
  const isSame = (document: Doc, values: Values) => isSameBody(bodyOf(valuesOf(document)), bodyOf(values));

  /** Nothing is left that the two would differ in. */
  const isSettled = (document: Doc, typed: Values) => isSame(kept, typed) || isSame(document, typed);

  /** It is what is kept from now on; what was typed since `before` stays. */
  const take = (document: Doc, before: Values) => {
    setKept(document);
    setTheirs(null);
    form.setValues(withEdits(form.getValues(), before, valuesOf(document)));
  };
  const compare = useEffectEvent(() => {
    if (newest === kept) return;
    const typed = form.getValues();
    // Only its version is another.
    if (isSame(newest, valuesOf(kept))) setKept(newest);
    else if (isSettled(newest, typed)) take(newest, typed);
    else setTheirs(newest);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that is compared
  useEffect(() => compare(), [newest]);

  // What was typed has been taken back by hand, or is what the other wrote too: there is nothing to decide any more.
  const isOver = theirs !== null && isSettled(theirs, form.values);
  const settle = useEffectEvent(() => theirs !== null && take(theirs, form.getValues()));
  useEffect(() => {
    if (isOver) settle();
  }, [isOver]);

  return {
    kept,
    isChanged: !isSame(kept, form.values),
    /** A save was answered. */
    onSaved: (saved: Doc, sent: Values) => take(saved, sent),
    /** All that was typed goes. */
    discard: () => take(kept, form.getValues()),
    replace: (document: Doc) => take(document, form.getValues()),
    /** Set when another's change came while something is typed here. */
    meanwhile: theirs !== null && {
      onTake: () => take(theirs, form.getValues()),
      onKeep: () => take(theirs, valuesOf(kept)),
    },
  };
}
