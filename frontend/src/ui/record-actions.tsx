import { ActionIcon, Button } from "@mantine/core";
import { IconCircleCheck, IconCircleMinus, IconDots, IconPencil } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "@/ui/menu";
import css from "@/ui/record-actions.module.css";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));

interface Props {
  name: string;
  isActive: boolean;
  isBusy: boolean;
  /** What happens, said before it does. */
  question: { readonly title: string; readonly body: string };
  onEdit: () => void;
  onSwitch: (isActive: boolean, onDone: () => void) => void;
}

/** What an administrator does with one store or merchant: edit it, take it out of use and back. */
export function RecordActions({ name, isActive, isBusy, question, onEdit, onSwitch }: Props) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
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
        <Suspense>
          <ConfirmDialog
            title={question.title}
            body={question.body}
            confirmLabel={verb}
            isDangerous={isActive}
            isBusy={isBusy}
            onClose={() => setIsAsking(false)}
            onConfirm={() => onSwitch(!isActive, () => setIsAsking(false))}
          />
        </Suspense>
      )}
    </>
  );
}
