import { useForm } from "@mantine/form";
import { IconStairsUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isProblemWith } from "@/api/problem";
import type { Escalation } from "@/api/types";
import { AddStep } from "@/features/escalation/add-step";
import { escalationQuery, saveEscalation } from "@/features/escalation/api";
import css from "@/features/escalation/escalation.module.css";
import { bodyOf, faultsOf, inOrder, mostSteps, type PolicyValues, valuesOf } from "@/features/escalation/policy-form";
import { StepCard } from "@/features/escalation/step-card";
import { useSteps } from "@/features/escalation/use-steps";
import { LeaveGuard } from "@/ui/leave-guard";
import { EmptyState } from "@/ui/page-state";
import { SaveBar } from "@/ui/save-bar";
import { showToast } from "@/ui/toasts";
import { useDocument } from "@/ui/use-document";
import { useSubmit } from "@/ui/use-submit";

const { queryKey } = escalationQuery;

/** The whole policy at once: steps that only make sense together are saved together. */
export default function PolicyEditor({ policy }: { policy: Escalation }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm<PolicyValues>({ initialValues: valuesOf(policy), validate: (values) => faultsOf(t, values) });
  const edited = useDocument(form, policy, { valuesOf, bodyOf });
  const submission = useSubmit(form, {
    send: async (values: PolicyValues) => {
      try {
        return await saveEscalation(bodyOf(values), edited.kept);
      } catch (error) {
        // It was changed since: what stands now is to be seen.
        if (isProblemWith(error, 409)) await queryClient.refetchQueries({ queryKey });
        throw error;
      }
    },
    onDone: (saved, sent) => {
      edited.onSaved(saved, sent);
      // Only where it is shown yet: whoever comes back asks anew.
      queryClient.setQueryData(queryKey, (shown) => shown && saved);
      showToast({ kind: "done", message: t("escalation.saved") });
    },
  });
  const { steps } = form.values;
  const list = useSteps(form);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    // Before it is checked, so that every error stands at the step that it is about.
    form.setFieldValue("steps", inOrder(steps));
    submission.onSubmit(event);
  };
  const addStep = <AddStep ref={list.addButton} isFull={steps.length >= mostSteps} onAdd={list.add} />;
  return (
    <form className={css.form} onSubmit={submit} noValidate>
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
                policy={edited.kept}
                at={at}
                isNew={step.key === list.newest}
                onRemove={() => list.remove(at)}
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
      <SaveBar
        isChanged={edited.isChanged}
        isBusy={submission.isBusy}
        problem={submission.problem}
        meanwhile={edited.meanwhile}
        onForget={submission.forgetProblem}
        onDiscard={edited.discard}
      />
      <LeaveGuard isChanged={() => edited.isChanged} />
    </form>
  );
}
