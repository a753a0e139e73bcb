import { Button } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "@/features/stores/mute-store.module.css";
import { useCan } from "@/session/current-user";
import { silenceLink } from "@/url/links";
import { PathLink } from "@/url/path-link";

/** The way to a silence of this store. */
export function MuteStore({ id }: { id: number }) {
  const { t } = useTranslation();
  const label = t("directory.stores.mute");
  if (!useCan("triage")) return null;
  return (
    <Button
      className={css.mute}
      aria-label={label}
      title={label}
      renderRoot={(props) => <PathLink {...props} path={silenceLink({ store: [id] })} />}
    >
      <IconBellOff size={16} aria-hidden />
      <span className={css.words}>{label}</span>
    </Button>
  );
}
