import "@/inbox/snooze/texts";
import { useTranslation } from "react-i18next";
import css from "@/inbox/snooze/snooze.module.css";
import { SnoozeChoices } from "@/inbox/snooze/snooze-choices";
import { Dialog } from "@/ui/dialog";

interface Props {
  items: readonly { readonly title: string; readonly snoozed_until: string | null }[];
  onClose: () => void;
  onChoose: (until: string | null) => void;
}

/** Over a list: until when the row, or all that are selected, are put off. */
export function SnoozeDialog({ items, onClose, onChoose }: Props) {
  const { t } = useTranslation();
  const [only] = items;
  return (
    <Dialog onClose={onClose} title={t("snooze.title")} size={380}>
      <p className={css.about}>{items.length === 1 ? only?.title : t("list.selected", { count: items.length })}</p>
      <SnoozeChoices isSnoozed={items.some(({ snoozed_until }) => snoozed_until !== null)} onChoose={onChoose} />
    </Dialog>
  );
}
