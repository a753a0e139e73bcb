import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { dismissAll, showToast } from "@/ui/toasts";

export function useSignOut(): () => void {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => client.POST("/api/v1/auth/logout"),
    onSuccess: async () => {
      await navigate({ to: "/login" });
      queryClient.clear();
      dismissAll();
    },
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
  });
  return () => mutate();
}
