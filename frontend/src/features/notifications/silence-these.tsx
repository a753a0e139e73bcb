import { Button } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "@/features/notifications/silence-these.module.css";
import { useInboxAddress } from "@/inbox/inbox-address";
import { useCan } from "@/session/current-user";
import { silenceLink } from "@/url/links";
import { PathLink } from "@/url/path-link";

/** The way to a silence of what the filters show, where they say something that a silence can say. */
export function SilenceThese() {
  const { t } = useTranslation();
  const { store, type, priority, q } = useInboxAddress().search;
  const canSilence = useCan("triage");
  if (!canSilence || !(store ?? type ?? priority ?? q)) return null;
  return (
    <Button
      className={css.button}
      aria-label={t("notifications.silenceThese")}
      leftSection={<IconBellOff size={16} />}
      renderRoot={(props) => <PathLink {...props} path={silenceLink({ store, type, priority, text: q })} />}
    >
      <span className={css.words}>{t("notifications.silenceThese")}</span>
    </Button>
  );
}
