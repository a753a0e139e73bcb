import "@/features/auth/texts";
import "@mantine/core/styles/PasswordInput.layer.css";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { User } from "@/api/types";
import css from "@/features/auth/login-form.module.css";
import mark from "@/theme/tocsin.svg";

interface Credentials {
  email: string;
  password: string;
}

export function LoginForm({ onSignedIn }: { onSignedIn: (user: User) => void }) {
  const { t } = useTranslation();
  const form = useForm<Credentials>({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() === "" ? t("form.required") : null),
      password: (value) => (value === "" ? t("form.required") : null),
    },
  });
  const signIn = useMutation({
    mutationFn: async ({ email, password }: Credentials) =>
      answered(await client.POST("/api/v1/auth/login", { body: { email: email.trim(), password } })),
    onSuccess: onSignedIn,
    onError: () => {
      form.setFieldValue("password", "");
      form.getInputNode("password")?.focus();
    },
  });

  const submit = form.onSubmit(
    (values) => signIn.mutate(values),
    ({ email }) => form.getInputNode(email ? "email" : "password")?.focus(),
  );

  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={submit} noValidate>
        <img src={mark} alt="" width={40} height={40} />
        <h1 className={css.title}>{t("account.login.title")}</h1>
        <p className={css.intro}>{t("account.login.intro")}</p>
        <div role="alert">{signIn.isError && <p className={css.problem}>{sentence(signIn.error)}</p>}</div>
        <TextInput
          key={form.key("email")}
          {...form.getInputProps("email")}
          type="email"
          autoComplete="username"
          label={t("account.login.email")}
          autoFocus
        />
        <PasswordInput
          key={form.key("password")}
          {...form.getInputProps("password")}
          autoComplete="current-password"
          label={t("account.login.password")}
          visibilityToggleButtonProps={{ "aria-label": t("account.login.showPassword"), tabIndex: 0 }}
        />
        <Button type="submit" variant="filled" fullWidth loading={signIn.isPending} className={css.submit}>
          {t("account.login.submit")}
        </Button>
      </form>
    </main>
  );

  function sentence(error: unknown): string {
    if (error instanceof ProblemError && error.status === 401) return t("account.login.wrong");
    if (error instanceof ProblemError && error.status === 429) {
      return t("account.login.throttled", { count: error.retryAfter ?? 30 });
    }
    return problemText(error);
  }
}
