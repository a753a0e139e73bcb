import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { showToast } from "@/ui/toasts";

/** Has Letzshop asked with the stored key, and says what it answered. */
export function useTestConnection(store_id: number) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: () =>
      client.POST("/api/v1/admin/letzshop/stores/{store_id}/credentials/test", { params: { path: { store_id } } }),
    onSuccess: () => showToast({ kind: "done", message: t("letzshop.connection.tested") }),
    onError: (error) =>
      showToast({ kind: "failed", message: t("letzshop.connection.testFailed"), detail: problemText(error) }),
  });
}
