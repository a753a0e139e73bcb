import "@/inbox/why/texts";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notificationTitleQuery } from "@/inbox/why/api";
import { Explanation } from "@/inbox/why/explanation";
import css from "@/inbox/why/why.module.css";
import { Sheet } from "@/ui/sheet";

/** Over a list: who was told of one notification, and why. */
export default function WhySheet({ notificationId, onClose }: { notificationId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: title } = useQuery(notificationTitleQuery(notificationId));
  return (
    <Sheet title={t("why.title")} size={480} onClose={onClose}>
      <div className={css.body}>
        {title && <h2 className={css.title}>{title}</h2>}
        <Explanation subject={{ kind: "notification", id: notificationId }} />
      </div>
    </Sheet>
  );
}
