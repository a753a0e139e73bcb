import { Button } from "@mantine/core";
import { IconPlayerStop, IconRotate } from "@tabler/icons-react";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "@/api/problem-text";
import { useCan } from "@/session/current-user";
import { lazyDialog } from "@/ui/part";
import { showToast } from "@/ui/toasts";

const ConfirmDialog = lazyDialog(() => import("@/ui/confirm-dialog"));

interface Words {
  readonly retry: string;
  readonly cancel: string;
  readonly cancelTitle: string;
  readonly cancelBody: string;
  readonly keepRunning: string;
}

interface Props<Work> {
  isUnderWay: boolean;
  /** Somebody cancelled it: it ends by itself. */
  isStopping: boolean;
  canRetry: boolean;
  words: Words;
  retry: () => Promise<Work>;
  cancel: () => Promise<Work>;
  /** Of the query that shows this work. */
  workKey: QueryKey;
  /** Of every query that tells of it. */
  allKey: QueryKey;
}

/** What an operator does with work in the background: stop it while it is under way, else run it again. */
export function WorkButtons<Work>({ isUnderWay, isStopping, canRetry, words, ...actions }: Props<Work>) {
  const [isAsking, setIsAsking] = useState(false);
  const act = useAction(actions);
  if (!useCan("run-jobs")) return null;
  if (!isUnderWay && !canRetry) return null;

  return (
    <>
      {/* One button that changes its meaning: another in its place would drop the focus of whoever pressed it. */}
      <Button
        leftSection={isUnderWay ? <IconPlayerStop size={16} /> : <IconRotate size={16} />}
        loading={!isUnderWay && act.isPending}
        disabled={isUnderWay && isStopping}
        onClick={() => (isUnderWay ? setIsAsking(true) : act.mutate("retry"))}
      >
        {isUnderWay ? words.cancel : words.retry}
      </Button>
      {isUnderWay && isAsking && (
        <ConfirmDialog
          title={words.cancelTitle}
          body={words.cancelBody}
          confirmLabel={words.cancel}
          cancelLabel={words.keepRunning}
          isDangerous
          isBusy={act.isPending}
          onClose={() => setIsAsking(false)}
          onConfirm={() => act.mutate("cancel", { onSettled: () => setIsAsking(false) })}
        />
      )}
    </>
  );
}

type Actions<Work> = Pick<Props<Work>, "retry" | "cancel" | "workKey" | "allKey">;

function useAction<Work>({ retry, cancel, workKey, allKey }: Actions<Work>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: "retry" | "cancel") => (action === "retry" ? retry() : cancel()),
    onSuccess: (work) => queryClient.setQueryData(workKey, work),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: allKey }),
  });
}
