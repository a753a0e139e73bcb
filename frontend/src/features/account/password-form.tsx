import "@mantine/core/styles/PasswordInput.layer.css";
import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import css from "@/features/account/account.module.css";
import { Panel } from "@/ui/page";
import { showToast } from "@/ui/toasts";
import { useSubmit } from "@/ui/use-submit";

export function PasswordForm() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { current_password: "", new_password: "", repeated: "" },
    validate: {
      current_password: (value) => (value === "" ? t("form.required") : null),
      new_password: (value) => (value === "" ? t("form.required") : null),
      repeated: (value, { new_password }) => (value === new_password ? null : t("account.password.differs")),
    },
  });
  const submission = useSubmit(form, {
    send: async ({ current_password, new_password }: typeof form.values) => {
      await client.PUT("/api/v1/auth/password", { body: { current_password, new_password } });
    },
    onDone: () => {
      form.reset();
      showToast({ kind: "done", message: t("account.password.changed") });
    },
  });
  const toggle = { "aria-label": t("account.login.showPassword"), tabIndex: 0 };
  return (
    <Panel>
      <div className={css.card}>
        <h2 className={css.title}>{t("account.password.title")}</h2>
        <p className={css.intro}>{t("account.password.intro")}</p>
        <form className={css.form} onSubmit={submission.onSubmit} noValidate>
          <div role="alert">{submission.problem && <p className={css.problem}>{submission.problem}</p>}</div>
          <PasswordInput
            {...form.getInputProps("current_password")}
            label={t("account.password.current")}
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
          />
          <PasswordInput
            {...form.getInputProps("new_password")}
            label={t("account.password.next")}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
          />
          <PasswordInput
            {...form.getInputProps("repeated")}
            label={t("account.password.repeat")}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
          />
          <Button type="submit" loading={submission.isBusy}>
            {t("account.password.submit")}
          </Button>
        </form>
      </div>
    </Panel>
  );
}
