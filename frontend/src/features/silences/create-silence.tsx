import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Silence } from "@/api/types";
import { clockOrDate } from "@/display/dates";
import { createSilence, silenceKeys } from "@/features/silences/api";
import css from "@/features/silences/create-silence.module.css";
import { MatcherFields } from "@/features/silences/matcher-fields";
import { PeriodFields } from "@/features/silences/period-fields";
import type { SilencesSearch } from "@/features/silences/search";
import { SilenceAnyway } from "@/features/silences/silence-anyway";
import { draftOf, faultsOf, type SilenceValues, valuesOf } from "@/features/silences/silence-form";
import { SilencePreview } from "@/features/silences/silence-preview";
import { useCriticals } from "@/features/silences/use-criticals";
import { HoldSheet } from "@/ui/hold-sheet";
import { LeaveGuard } from "@/ui/leave-guard";
import { Sheet } from "@/ui/sheet";
import { showToast } from "@/ui/toasts";
import { useStay } from "@/ui/use-stay";
import { useSubmit } from "@/ui/use-submit";
import { useTyped } from "@/ui/use-typed";

interface Props {
  /** What a link filled in. */
  prefill: SilencesSearch;
  onClose: () => void;
  onCreated: (silence: Silence) => void;
}

export default function CreateSilence({ prefill, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [initialValues] = useState(() => valuesOf(prefill, new Date()));
  const form = useForm<SilenceValues>({ initialValues, validate: (values) => faultsOf(t, values, new Date()) });
  const { isTyped, letGo } = useTyped(form);
  const submission = useSubmit(form, {
    send: (values: SilenceValues) => createSilence(draftOf(values, new Date())),
    onDone: async (silence) => {
      letGo();
      await queryClient.invalidateQueries({ queryKey: silenceKeys.lists });
      const isPlanned = silence.state === "scheduled";
      const time = clockOrDate(isPlanned ? silence.starts_at : silence.ends_at, new Date());
      showToast({
        kind: "done",
        message: isPlanned ? t("silences.planned", { time }) : t("silences.created", { time }),
      });
      onCreated(silence);
    },
  });
  const { asked, isCounting, ask, confirm, cancel } = useCriticals(form);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    if (!ask(event)) submission.onSubmit(event);
  };
  // Whoever leaves while criticals are counted would be asked about what is then sent.
  useStay(() => isCounting);
  const isUnderWay = isCounting || submission.isBusy;
  return (
    <Sheet title={t("silences.create")} size={860} onClose={onClose}>
      <form className={css.form} onSubmit={submit} noValidate>
        <div className={css.what}>
          <div role="alert">{submission.problem && <p className={css.problem}>{submission.problem}</p>}</div>
          <MatcherFields form={form} />
        </div>
        <div className={css.aside}>
          <SilencePreview matchers={form.values.matchers} />
        </div>
        <div className={css.period}>
          <PeriodFields form={form} />
        </div>
        <div className={css.footer}>
          <Button onClick={onClose} disabled={isUnderWay}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" variant="filled" loading={isUnderWay}>
            {t("silences.start")}
          </Button>
        </div>
      </form>
      {asked !== null && <SilenceAnyway count={asked} onConfirm={confirm} onClose={cancel} />}
      <HoldSheet isHeld={isUnderWay} />
      <LeaveGuard isChanged={() => !isCounting && isTyped()} />
    </Sheet>
  );
}
