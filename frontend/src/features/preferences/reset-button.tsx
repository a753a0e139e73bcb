import { Button } from "@mantine/core";
import { IconRestore } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Preferences } from "@/api/types";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

interface Props {
  /** Language and time zone stay, as they are the person's own: there is nothing to go back to. */
  send: () => Promise<Preferences>;
  onReset: (defaults: Preferences) => void;
}

export function ResetButton({ send, onReset }: Props) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isPending } = useMutation({
    mutationFn: send,
    onSuccess: (defaults) => {
      onReset(defaults);
      showToast({ kind: "done", message: t("preferences.reset.done") });
    },
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: () => setIsAsking(false),
  });
  return (
    <>
      <Button leftSection={<IconRestore size={16} />} onClick={() => setIsAsking(true)}>
        {t("preferences.reset.button")}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t("preferences.reset.title")}
          body={t("preferences.reset.body")}
          confirmLabel={t("preferences.reset.confirm")}
          isDangerous
          isBusy={isPending}
          onClose={() => setIsAsking(false)}
          onConfirm={() => mutate()}
        />
      )}
    </>
  );
}
