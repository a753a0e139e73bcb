import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isProblemWith } from "@/api/problem";
import type { Preferences, PreferencesDraft } from "@/api/types";
import { preferencesQuery, replacePreferences } from "@/features/preferences/api";
import { Digest } from "@/features/preferences/digest";
import { bodyOf, changedPaths, type Draft, digestOf, draftOf, quietOf } from "@/features/preferences/draft";
import { LanguageAndZone } from "@/features/preferences/language-and-zone";
import { Matrix } from "@/features/preferences/matrix";
import { Overrides } from "@/features/preferences/overrides";
import css from "@/features/preferences/preferences.module.css";
import { QuietHours } from "@/features/preferences/quiet-hours";
import { Reach } from "@/features/preferences/reach";
import { ResetButton } from "@/features/preferences/reset-button";
import { LeaveGuard } from "@/ui/leave-guard";
import { SaveBar } from "@/ui/save-bar";
import { showToast } from "@/ui/toasts";
import { useDocument } from "@/ui/use-document";
import { useSubmit } from "@/ui/use-submit";

interface Props {
  user: number | null;
  preferences: Preferences;
}

/** A person's whole document as one form. */
export function PreferencesForm({ user, preferences }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const required = (value: string) => (value === "" ? t("form.required") : null);
  const form = useForm<Draft>({
    initialValues: draftOf(preferences),
    validate: {
      quiet_hours: { start: required, end: required },
      digest: { at: required },
    },
  });
  const { queryKey } = preferencesQuery(user);
  const edited = useDocument(form, preferences, { valuesOf: draftOf, bodyOf });
  const { kept, isChanged } = edited;
  // Only where it is shown yet: whoever comes back asks anew.
  const remember = (saved: Preferences) => queryClient.setQueryData(queryKey, (shown) => shown && saved);
  const send = async (body: PreferencesDraft) => {
    try {
      return await replacePreferences(user, { ...body, updated_at: kept.updated_at });
    } catch (error) {
      // It was changed since: what stands now is to be seen.
      if (isProblemWith(error, 409)) await queryClient.refetchQueries({ queryKey });
      throw error;
    }
  };
  const submission = useSubmit(form, {
    send: (draft: Draft) => send(bodyOf(draft)),
    onDone: (saved, sent) => {
      edited.onSaved(saved, sent);
      remember(saved);
      showToast({ kind: "done", message: t("preferences.saved") });
    },
  });
  const { values } = form;
  const errorOf = (path: string) => errorAt(form.errors, path);
  // With a part the form forgets that part's error only, and it is the fields within that have one.
  const forgetErrors = (part: Partial<Draft>) => {
    for (const path of changedPaths(values, part)) form.clearFieldError(path);
  };
  return (
    <form onSubmit={submission.onSubmit} noValidate>
      <div className={css.columns}>
        <div className={css.column}>
          <Matrix
            matrix={values.matrix}
            errorOf={errorOf}
            onChange={(category, channel, threshold) => form.setFieldValue(`matrix.${category}.${channel}`, threshold)}
          />
          <Overrides
            overrides={values.overrides}
            categories={Object.keys(values.matrix)}
            errorOf={errorOf}
            onAdd={(added) => form.insertListItem("overrides", added)}
            onRemove={(index) => form.removeListItem("overrides", index)}
            onChange={(index, threshold) => form.setFieldValue(`overrides.${index}.min_priority`, threshold)}
          />
        </div>
        <div className={css.column}>
          <Reach
            user={user}
            email={preferences.email}
            chat={preferences.chat}
            chatUrl={values.chat_url}
            errorOf={errorOf}
            onChat={(url) => form.setFieldValue("chat_url", url)}
          />
          <QuietHours
            value={values.quiet_hours}
            timezone={values.timezone}
            errorOf={errorOf}
            onChange={(quiet) => {
              forgetErrors({ quiet_hours: quiet });
              form.setFieldValue("quiet_hours", quietOf(quiet, kept.quiet_hours));
            }}
          />
          <Digest
            value={values.digest}
            errorOf={errorOf}
            onChange={(digest) => {
              forgetErrors({ digest: digest });
              form.setFieldValue("digest", digestOf(digest, kept.digest));
            }}
          />
          <LanguageAndZone
            language={values.language}
            timezone={values.timezone}
            errorOf={errorOf}
            onLanguage={(language) => form.setFieldValue("language", language)}
            onTimezone={(timezone) => form.setFieldValue("timezone", timezone)}
          />
          <div>
            <ResetButton
              send={() => send({ language: kept.language, timezone: kept.timezone })}
              onReset={(defaults) => {
                edited.replace(defaults);
                remember(defaults);
              }}
            />
          </div>
        </div>
      </div>
      <SaveBar
        isChanged={isChanged}
        isBusy={submission.isBusy}
        problem={submission.problem}
        meanwhile={edited.meanwhile}
        onForget={submission.forgetProblem}
        onDiscard={edited.discard}
      />
      <LeaveGuard isChanged={() => isChanged} />
    </form>
  );
}

/** At a field, or at one of those within it: a rule is one line for all of them. */
function errorAt(errors: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const found = Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
  return typeof found === "string" ? found : undefined;
}
