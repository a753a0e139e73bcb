import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconStairsUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Escalation } from "@/api/types";
import { escalationKey, saveEscalation } from "@/features/escalation/api";
import css from "@/features/escalation/escalation.module.css";
import {
  bodyOf,
  faultsOf,
  inOrder,
  mostSteps,
  nextStep,
  type PolicyValues,
  valuesOf,
} from "@/features/escalation/policy-form";
import { StepCard } from "@/features/escalation/step-card";
import { EmptyState } from "@/ui/page-state";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

/** The whole policy at once: steps that only make sense together are saved together. */
export default function PolicyEditor({ policy }: { policy: Escalation }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const added = useRef(0);
  const addButton = useRef<HTMLButtonElement>(null);
  const form = useForm<PolicyValues>({ initialValues: valuesOf(policy), validate: (values) => faultsOf(t, values) });
  const submission = useSubmit(form, {
    send: (values: PolicyValues) => saveEscalation(bodyOf(values)),
    onDone: (kept) => {
      queryClient.setQueryData(escalationKey, kept);
      const values = valuesOf(kept);
      form.setInitialValues(values);
      form.setValues(values);
      form.resetDirty(values);
      showToast({ kind: "done", message: t("escalation.saved") });
    },
  });
  const { steps } = form.values;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    // Before it is checked, so that every error stands at the step that it is about.
    form.setFieldValue("steps", inOrder(steps));
    submission.onSubmit(event);
  };
  const add = () => {
    added.current += 1;
    form.insertListItem("steps", nextStep(steps, `added-${added.current}`));
  };
  const remove = (at: number) => {
    form.removeListItem("steps", at);
    form.clearErrors();
    addButton.current?.focus();
  };
  const addStep = (
    <Button ref={addButton} leftSection={<IconPlus size={16} />} disabled={steps.length >= mostSteps} onClick={add}>
      {t("escalation.add")}
    </Button>
  );
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <div role="alert">{submission.problem && <p className={css.problem}>{submission.problem}</p>}</div>
      {steps.length === 0 ? (
        <EmptyState
          icon={IconStairsUp}
          title={t("escalation.empty")}
          body={t("escalation.emptyBody")}
          action={addStep}
        />
      ) : (
        <>
          <p className={css.first}>{t("escalation.first")}</p>
          <ol className={css.steps}>
            {steps.map((step, at) => (
              <StepCard
                key={step.key}
                form={form}
                policy={policy}
                at={at}
                isNew={step.key === `added-${added.current}`}
                onRemove={() => remove(at)}
              />
            ))}
          </ol>
          <div className={css.more}>
            {addStep}
            <span className={css.note}>
              {steps.length >= mostSteps ? t("escalation.most") : t("escalation.inOrder")}
            </span>
          </div>
        </>
      )}
      {form.isDirty() && (
        <div className={css.footer}>
          <span className={css.note}>{t("escalation.unsaved")}</span>
          <Button onClick={() => form.reset()}>{t("escalation.discard")}</Button>
          <Button type="submit" variant="filled" loading={submission.isBusy}>
            {t("escalation.save")}
          </Button>
        </div>
      )}
    </form>
  );
}
