import type { ComponentProps, MouseEvent } from "react";

/** `data-loading` is what Mantine's buttons give the element under them while they are `loading`. */
type Props = ComponentProps<"button"> & { "data-loading"?: boolean };

/**
 * The element under every button: one that is busy ignores presses and keeps the focus. Mantine disables it, and what
 * is disabled drops the focus on the page, for which the next key is no longer in the dialog.
 */
export function BusyButton({ disabled, onClick, type = "button", ...props }: Props) {
  const isBusy = props["data-loading"] === true;
  return (
    <button
      {...props}
      type={type}
      disabled={isBusy ? false : disabled}
      aria-busy={isBusy || props["aria-busy"]}
      aria-disabled={isBusy || props["aria-disabled"]}
      onClick={isBusy ? ignore : onClick}
    />
  );
}

/** A form is not sent again, a menu not opened, and the row around it hears nothing, as with a disabled button. */
function ignore(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
