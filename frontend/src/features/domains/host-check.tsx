import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { HostAnswer } from "@/api/types";
import { hostQuery } from "@/features/domains/api";
import css from "@/features/domains/domains.module.css";

/** Asks the platform where a host leads, as a customer's request would. */
export function HostCheck() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [host, setHost] = useState("");
  const query = useQuery(hostQuery(host));
  const failure = host === "" ? null : failureOf(query);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed.trim();
    if (wanted !== "" && wanted === host) void query.refetch();
    setHost(wanted);
  };
  return (
    <section className={css.host} aria-label={t("domains.host.title")}>
      <h2 className={css.hostTitle}>{t("domains.host.title")}</h2>
      <form className={css.hostForm} onSubmit={ask}>
        <TextInput
          className={css.hostInput ?? ""}
          value={typed}
          aria-label={t("domains.host.label")}
          placeholder={t("domains.host.placeholder")}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" loading={query.isFetching}>
          {t("domains.host.check")}
        </Button>
      </form>
      <div role="status" className={css.hostAnswer}>
        {failure ? problemText(failure) : query.data && <Answer answer={query.data} />}
      </div>
    </section>
  );
}

function Answer({ answer: { host, store_id, store_name, via, reason } }: { answer: HostAnswer }) {
  const { t } = useTranslation();
  if (store_id === null) {
    return (
      <>
        <b>{t("domains.host.nowhere", { host })}.</b> {reason && t(`domains.host.reason.${reason}`)}
      </>
    );
  }
  return (
    <>
      {t("domains.host.leads", { host })}{" "}
      <Link to="/stores/$id" params={{ id: store_id }}>
        {store_name}
      </Link>
      {via && `, ${t(`domains.host.via.${via}`)}`}.
    </>
  );
}
