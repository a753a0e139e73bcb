import { Fragment } from "react";

/** A sentence of the catalogue whose `<b>` parts are set apart. Nothing else in it is markup. */
export function Emphasised({ text }: { text: string }) {
  const parts = text.split(/<b>(.*?)<\/b>/);
  return parts.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other name, and never change places
    at % 2 === 1 ? <b key={at}>{part}</b> : <Fragment key={at}>{part}</Fragment>,
  );
}
