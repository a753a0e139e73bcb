import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DeliveryDetail } from "@/api/types";
import type { useOwnChannel } from "@/features/preferences/own-channel";
import css from "@/features/preferences/reach.module.css";

type Testing = ReturnType<typeof useOwnChannel>;

/** One button for both, so that it keeps the focus when the address is on again. */
export function TestButton({ isOff, testing }: { isOff: boolean; testing: Testing }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      variant={isOff ? "filled" : "default"}
      loading={testing.isBusy}
      onClick={isOff ? testing.onAgain : testing.onTest}
    >
      {t(isOff ? "preferences.reach.tryAgain" : "preferences.reach.test")}
    </Button>
  );
}

/** How the test went, said to screen readers as it changes; `known` is the error that stands above it already. */
export function TestAnswer({ known, testing: { deliveryId, tried } }: { known: string | null; testing: Testing }) {
  const { t } = useTranslation();
  const last = tried?.attempts.at(-1);
  return (
    <div role="status" className={css.answer}>
      {deliveryId !== undefined && (
        <>
          <p data-failed={(tried && tried.status !== "sent") || undefined}>
            {t(`preferences.reach.${tried ? endingOf(tried) : "sending"}`)}{" "}
            <Link to="/delivery/deliveries" search={{ delivery: deliveryId }}>
              {t("preferences.reach.open")}
            </Link>
          </p>
          {last?.error && last.error !== known && (
            <p className={css.said} lang="en">
              {last.error}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function endingOf({ status }: DeliveryDetail): "sent" | "dead" | "failed" | "dropped" {
  if (status === "sent" || status === "dead") return status;
  return status === "dropped" || status === "folded" ? "dropped" : "failed";
}
