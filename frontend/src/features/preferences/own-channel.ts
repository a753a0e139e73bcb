import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { ChannelState, DeliveryDetail, Preferences } from "@/api/types";
import { preferencesQuery } from "@/features/preferences/api";
import { announce } from "@/ui/announcer";
import { showToast } from "@/ui/toasts";

export type OwnChannel = "email" | "chat";

const mine = "/api/v1/admin/preferences/channels/{channel}";
const ofUser = "/api/v1/admin/users/{user_id}/preferences/channels/{channel}";
const deliveries = "/api/v1/admin/delivery/deliveries";
const every = 1_000;
/** From then on it is asked for less often: a server that is slow, or away. */
const patience = 15;

async function enable(user: number | null, channel: OwnChannel): Promise<ChannelState> {
  return answered(
    user === null
      ? await client.POST(`${mine}/enable`, { params: { path: { channel } } })
      : await client.POST(`${ofUser}/enable`, { params: { path: { user_id: user, channel } } }),
  );
}

async function sendTest(user: number | null, channel: OwnChannel) {
  const headers = idempotent();
  return answered(
    user === null
      ? await client.POST(`${mine}/test`, { params: { path: { channel } }, headers })
      : await client.POST(`${ofUser}/test`, { params: { path: { user_id: user, channel } }, headers }),
  );
}

/** A test that was sent, until it was tried. */
const testQuery = (delivery_id: number | undefined) =>
  queryOptions({
    queryKey: ["get", deliveries, "test", delivery_id ?? 0],
    queryFn: async ({ signal }) =>
      answered(
        await client.GET(`${deliveries}/{delivery_id}`, {
          params: { path: { delivery_id: delivery_id ?? 0 } },
          signal,
        }),
      ),
    enabled: delivery_id !== undefined,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      isTried(state.data) ? false : state.dataUpdateCount < patience ? every : 10 * every,
  });

function isTried(test: DeliveryDetail | undefined): boolean {
  return test !== undefined && (test.finished_at !== null || test.attempts.some(({ outcome }) => outcome !== null));
}

/** Sends a test to a person's own address; to one that is switched off, as soon as it is on again. */
export function useOwnChannel(user: number | null, channel: OwnChannel) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { queryKey } = preferencesQuery(user);
  const onError = (error: unknown) =>
    showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) });
  const test = useMutation({ mutationFn: () => sendTest(user, channel), onError });
  const again = useMutation({
    mutationFn: () => enable(user, channel),
    onError,
    onSuccess: (state) => {
      queryClient.setQueryData<Preferences>(queryKey, (kept) => kept && withState(kept, channel, state));
      announce(t("preferences.reach.again"));
      test.mutate();
    },
  });
  const deliveryId = test.data?.delivery_id;
  const { data } = useQuery(testQuery(deliveryId));
  const tried = isTried(data) ? data : undefined;
  const isOver = tried !== undefined;
  useEffect(() => {
    // It works, or fails: the page shows how the address does.
    if (isOver) void queryClient.invalidateQueries(preferencesQuery(user));
  }, [isOver, queryClient, user]);
  return {
    deliveryId,
    /** Undefined until it was tried. */
    tried,
    isBusy: again.isPending || test.isPending || (deliveryId !== undefined && !isOver),
    onTest: () => test.mutate(),
    onAgain: () => again.mutate(),
  };
}

function withState(kept: Preferences, channel: OwnChannel, state: ChannelState): Preferences {
  return channel === "email"
    ? { ...kept, email: { ...kept.email, ...state } }
    : { ...kept, chat: { ...kept.chat, ...state } };
}
