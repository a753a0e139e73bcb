import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  ref: Ref<HTMLButtonElement>;
  /** There are as many as there may be. */
  isFull: boolean;
  onAdd: () => void;
}

export function AddStep({ ref, isFull, onAdd }: Props) {
  const { t } = useTranslation();
  return (
    <Button ref={ref} leftSection={<IconPlus size={16} />} disabled={isFull} onClick={onAdd}>
      {t("escalation.add")}
    </Button>
  );
}
