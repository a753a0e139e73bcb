import { Button, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Destination, ShownDestination } from "@/api/types";
import { deliveryKeys } from "@/features/delivery/api";
import { AddressField } from "@/features/delivery/destinations/address-field";
import { Choice } from "@/features/delivery/destinations/choice";
import {
  type DestinationValues,
  destinationRules,
  draftOf,
  languages,
  patchOf,
  valuesOf,
} from "@/features/delivery/destinations/destination-form";
import css from "@/features/delivery/destinations/sheet.module.css";
import { StoreChoice } from "@/features/delivery/destinations/store-choice";
import { TypeChoice } from "@/features/delivery/destinations/type-choice";
import { channels } from "@/features/delivery/search";
import { channelName } from "@/inbox/messages/wording";
import { priorities } from "@/inbox/search";
import dialog from "@/ui/dialog.module.css";
import { useHoldSheet } from "@/ui/hold-sheet";
import { LeaveGuard } from "@/ui/leave-guard";
import { showToast } from "@/ui/toasts";
import { useStay } from "@/ui/use-stay";
import { useSubmit } from "@/ui/use-submit";
import { useTyped } from "@/ui/use-typed";

const path = "/api/v1/admin/delivery/destinations";

interface Props {
  /** null: a new one. */
  destination: Destination | null;
  onCreated?: ((shown: ShownDestination) => void) | undefined;
  onClose: () => void;
}

export function DestinationForm({ destination, onCreated, onClose }: Props) {
  const { t } = useTranslation();
  const isNew = destination === null;
  const form = useForm<DestinationValues>({
    initialValues: valuesOf(destination),
    validate: destinationRules(t, isNew),
  });
  const { isTyped, letGo } = useTyped(form);
  const { problem, isBusy, onSubmit } = useSave(form, { destination, onCreated, onClose }, letGo);
  useHoldSheet(isBusy);
  // A secret may be on its way, which is shown this once: nobody leaves before it is there.
  const mustStay = () => isNew && isBusy && isTyped();
  useStay(mustStay);
  const { kind, url, min_priority, language, types, store_ids } = form.values;
  const { setFieldValue } = form;
  const chooseStores = useCallback((chosen: number[]) => setFieldValue("store_ids", chosen), [setFieldValue]);
  return (
    <form className={css.form} onSubmit={onSubmit} noValidate>
      <div role="alert">{problem && <p className={dialog.problem}>{problem}</p>}</div>
      {isNew && (
        <Choice
          label={t("delivery.form.kind")}
          values={channels}
          selected={kind}
          nameOf={(value) => channelName(t, value)}
          onChange={(value) => {
            form.setFieldValue("kind", value);
            form.clearFieldError("url");
          }}
        />
      )}
      <TextInput
        {...form.getInputProps("name")}
        label={t("delivery.form.name")}
        description={t("delivery.form.nameHint")}
        maxLength={300}
        data-autofocus
      />
      <AddressField
        kind={kind}
        kept={destination !== null && kind !== "email" ? destination.shown_address : null}
        typed={url}
        field={form.getInputProps("url")}
        onExample={(address) => form.setFieldValue("url", address)}
      />
      <TypeChoice selected={types} onChange={(chosen) => form.setFieldValue("types", chosen)} />
      <Choice
        label={t("delivery.form.priority")}
        values={priorities.toReversed()}
        selected={min_priority}
        nameOf={(value) => t(`level.${value}`)}
        onChange={(value) => form.setFieldValue("min_priority", value)}
      />
      <StoreChoice selected={store_ids} onChange={chooseStores} />
      <Choice
        label={t("delivery.form.language")}
        values={languages}
        selected={language}
        nameOf={(value) => t(`delivery.form.languageName.${value}`)}
        onChange={(value) => form.setFieldValue("language", value)}
      />
      <div className={css.actions}>
        <Button onClick={onClose} disabled={isBusy}>
          {t("action.cancel")}
        </Button>
        <Button type="submit" variant="filled" loading={isBusy}>
          {isNew ? t("delivery.destinations.create") : t("delivery.form.save")}
        </Button>
      </div>
      <LeaveGuard isChanged={() => !mustStay() && isTyped()} />
    </form>
  );
}

function useSave(
  form: UseFormReturnType<DestinationValues>,
  { destination, onCreated, onClose }: Props,
  letGo: () => void,
) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useSubmit(form, {
    send: async (values: DestinationValues) => {
      if (destination === null) {
        const shown = answered(await client.POST(path, { body: draftOf(values) }));
        return { name: shown.name, shown };
      }
      const params = { path: { destination_id: destination.id } };
      const body = patchOf(destination, values);
      const saved = answered(await client.PATCH(`${path}/{destination_id}`, { params, body }));
      return { name: saved.name, shown: null };
    },
    onDone: ({ name, shown }) => {
      letGo();
      void queryClient.invalidateQueries({ queryKey: deliveryKeys.destinations });
      const message = shown ? t("delivery.form.created", { name }) : t("delivery.form.saved", { name });
      showToast({ kind: "done", message });
      if (shown) onCreated?.(shown);
      else onClose();
    },
  });
}
