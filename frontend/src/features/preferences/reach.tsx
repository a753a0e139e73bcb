import { Button, TextInput } from "@mantine/core";
import { IconMail, IconMessage } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { Card } from "@/features/preferences/card";
import type { Draft } from "@/features/preferences/draft";
import css from "@/features/preferences/preferences.module.css";
import { StatusBadge } from "@/ui/status-badge";

interface Props {
  email: Preferences["email"];
  chat: Preferences["chat"];
  chatUrl: Draft["chat_url"];
  errorOf: (path: string) => string | undefined;
  onChat: (url: Draft["chat_url"]) => void;
}

/** Where messages reach the person. */
export function Reach({ email, ...chat }: Props) {
  const { t } = useTranslation();
  return (
    <Card title={t("preferences.reach.title")}>
      <div className={css.way}>
        <IconMail size={18} stroke={1.6} aria-hidden />
        <div className={css.address}>
          <b>{email.address}</b>
          {!email.is_enabled && (
            <p className={css.reason}>{email.disabled_reason ?? t("preferences.reach.offUnknown")}</p>
          )}
        </div>
        <StatusBadge
          standing={email.is_enabled ? "good" : "bad"}
          label={t(email.is_enabled ? "preferences.reach.works" : "preferences.reach.off")}
        />
      </div>
      <Chat {...chat} />
    </Card>
  );
}

function Chat({ chat, chatUrl, errorOf, onChat }: Omit<Props, "email">) {
  const { t } = useTranslation();
  const isTyping = typeof chatUrl === "string" || (!chat.is_set && chatUrl !== null);
  const field = useFocusWhen(chat.is_set && typeof chatUrl === "string");
  return (
    <>
      <div className={css.way}>
        <IconMessage size={18} stroke={1.6} aria-hidden />
        <div className={css.address}>
          <b>{chat.is_set ? (chat.shown_address ?? t("preferences.reach.chat")) : t("preferences.reach.chat")}</b>
          {chatUrl === null && <p className={css.reason}>{t("preferences.reach.removed")}</p>}
          {!chat.is_set && <p>{t("preferences.reach.chatNone")}</p>}
        </div>
        {chat.is_set && chatUrl === undefined && (
          <div className={css.buttons}>
            <Button size="compact-sm" onClick={() => onChat("")}>
              {t("preferences.reach.replace")}
            </Button>
            <Button size="compact-sm" onClick={() => onChat(null)}>
              {t("preferences.reach.remove")}
            </Button>
          </div>
        )}
        {chat.is_set && chatUrl !== undefined && (
          <Button size="compact-sm" onClick={() => onChat(undefined)}>
            {t("action.undo")}
          </Button>
        )}
      </div>
      {isTyping && (
        <TextInput
          ref={field}
          label={t("preferences.reach.chatUrl")}
          description={t("preferences.reach.chatHint")}
          placeholder="slack://…"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          value={chatUrl ?? ""}
          error={errorOf("chat_url")}
          onChange={({ currentTarget: { value } }) => onChat(value === "" && !chat.is_set ? undefined : value)}
        />
      )}
    </>
  );
}

/** The button that was pressed is gone: what came instead takes the focus. */
function useFocusWhen(isWanted: boolean) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isWanted) field.current?.focus();
  }, [isWanted]);
  return field;
}
