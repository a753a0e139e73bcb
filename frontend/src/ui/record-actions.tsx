import "@/directory/texts";
import { ActionIcon, Button } from "@mantine/core";
import { IconCircleCheck, IconCircleMinus, IconDots, IconPencil } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import { Menu, MenuItem } from "@/ui/menu";
import { lazyDialog } from "@/ui/part";
import css from "@/ui/record-actions.module.css";
import { showToast } from "@/ui/toasts";

const ConfirmDialog = lazyDialog(() => import("@/ui/confirm-dialog"));

interface Switched {
  readonly name: string;
  readonly is_active: boolean;
  /** What ran for it and was stopped with this change. */
  readonly stopped_schedules: readonly string[];
}

interface Props<Kept extends Switched> {
  record: Kept;
  /** What happens, said before it does. */
  question: { readonly title: string; readonly body: string };
  onEdit: () => void;
  onSwitch: (isActive: boolean) => Promise<Kept>;
  onSwitched: (changed: Kept) => void;
}

/** What an administrator does with one store or merchant: edit it, take it out of use and back. */
export function RecordActions<Kept extends Switched>({ record, question, onEdit, ...switching }: Props<Kept>) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const { name, is_active: isActive } = record;
  const { mutate, isPending } = useSwitch(name, switching);
  const verb = isActive ? t("directory.deactivate") : t("directory.activate");
  const label = `${t("action.moreActions")}: ${name}`;
  return (
    <>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t("directory.edit")}
      </Button>
      <Menu
        label={label}
        renderButton={(props) => (
          <ActionIcon {...props} size={36} className={css.more} aria-label={label} aria-haspopup="menu">
            <IconDots size={18} />
          </ActionIcon>
        )}
      >
        <MenuItem
          icon={isActive ? IconCircleMinus : IconCircleCheck}
          isDangerous={isActive}
          onClick={() => setIsAsking(true)}
        >
          {verb}
        </MenuItem>
      </Menu>
      {isAsking && (
        <ConfirmDialog
          title={question.title}
          body={question.body}
          confirmLabel={verb}
          isDangerous={isActive}
          isBusy={isPending}
          onClose={() => setIsAsking(false)}
          onConfirm={() => mutate(!isActive, { onSettled: () => setIsAsking(false) })}
        />
      )}
    </>
  );
}

/** Says how it went, and what was stopped with it. */
function useSwitch<Kept extends Switched>(
  name: string,
  { onSwitch, onSwitched }: Pick<Props<Kept>, "onSwitch" | "onSwitched">,
) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: onSwitch,
    onSuccess: (changed) => {
      onSwitched(changed);
      const message = changed.is_active ? t("directory.activated", { name }) : t("directory.deactivated", { name });
      const count = changed.stopped_schedules.length;
      showToast({ kind: "done", message, detail: count > 0 ? t("directory.stopped", { count }) : undefined });
    },
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
  });
}
