import "@/inbox/snooze/texts";
import { IconBellOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { menuLink } from "@/ui/menu";
import { PathLink } from "@/url/path-link";

/** In a row's menu: the way to a silence of what is like this. */
export function SilenceItem({ path }: { path: string }) {
  const { t } = useTranslation();
  return (
    <PathLink {...menuLink} path={path}>
      <IconBellOff size={17} stroke={1.7} aria-hidden />
      {t("snooze.silenceThis")}
    </PathLink>
  );
}
