import { Button, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Preferences } from "@/api/types";
import { Card } from "@/features/preferences/card";
import { StateBadge, Trouble } from "@/features/preferences/channel-state";
import { TestAnswer, TestButton } from "@/features/preferences/channel-test";
import type { Draft } from "@/features/preferences/draft";
import { useOwnChannel } from "@/features/preferences/own-channel";
import css from "@/features/preferences/reach.module.css";
import { channelIcons } from "@/inbox/messages/channel-icons";
import { channelName } from "@/inbox/messages/wording";
import { StatusBadge } from "@/ui/status-badge";

interface Props {
  user: number | null;
  email: Preferences["email"];
  chat: Preferences["chat"];
  chatUrl: Draft["chat_url"];
  errorOf: (path: string) => string | undefined;
  onChat: (url: Draft["chat_url"]) => void;
}

/** Where messages reach the person, how these addresses do, and a test of each. */
export function Reach({ email, ...chat }: Props) {
  const { t } = useTranslation();
  return (
    <Card title={t("preferences.reach.title")}>
      <Email user={chat.user} email={email} />
      <Chat {...chat} />
    </Card>
  );
}

function Email({ user, email }: Pick<Props, "user" | "email">) {
  const { t } = useTranslation();
  const testing = useOwnChannel(user, "email");
  const canLeave = email.has_mail_server;
  return (
    <div className={css.way}>
      <channelIcons.email size={18} stroke={1.6} aria-hidden />
      <div>
        <div className={css.head}>
          <b>{email.address}</b>
          {canLeave ? (
            <StateBadge state={email} />
          ) : (
            <StatusBadge standing="ended" label={t("preferences.reach.noServer")} />
          )}
        </div>
        {canLeave ? (
          <>
            <Trouble state={email} />
            <div className={css.buttons}>
              <TestButton isOff={!email.is_enabled} testing={testing} />
            </div>
            <TestAnswer known={email.last_error} testing={testing} />
          </>
        ) : (
          <p className={css.note}>{t("preferences.reach.noServerBody")}</p>
        )}
      </div>
    </div>
  );
}

function Chat({ user, chat, chatUrl, errorOf, onChat }: Omit<Props, "email">) {
  const { t } = useTranslation();
  const testing = useOwnChannel(user, "chat");
  const isTyping = typeof chatUrl === "string" || (!chat.is_set && chatUrl !== null);
  const isKept = chat.is_set && chatUrl === undefined;
  const { field, first, undo, onPress } = usePressed(chatUrl, onChat);
  const wasTyping = useRef(isTyping);
  useEffect(() => {
    // Saved by Enter: the field is gone.
    if (wasTyping.current && !isTyping && document.activeElement === document.body) first.current?.focus();
    wasTyping.current = isTyping;
  }, [isTyping, first]);
  return (
    <div className={css.way}>
      <channelIcons.chat size={18} stroke={1.6} aria-hidden />
      <div>
        <div className={css.head}>
          <b>{(chat.is_set && chat.shown_address) || channelName(t, "chat")}</b>
          {chat.is_set && <StateBadge state={chat} />}
        </div>
        {chatUrl === null && <p className={`${css.note} ${css.gone}`}>{t("preferences.reach.removed")}</p>}
        {!chat.is_set && <p className={css.note}>{t("preferences.reach.chatNone")}</p>}
        {isKept && <Trouble state={chat} />}
        {isKept && (
          <div className={css.buttons}>
            <TestButton isOff={!chat.is_enabled} testing={testing} />
            <Button ref={first} size="compact-sm" onClick={() => onPress("")}>
              {t("preferences.reach.replace")}
            </Button>
            <Button size="compact-sm" onClick={() => onPress(null)}>
              {t("preferences.reach.remove")}
            </Button>
          </div>
        )}
        {isKept && <TestAnswer known={chat.last_error} testing={testing} />}
        {chat.is_set && !isKept && (
          <div className={css.buttons}>
            <Button ref={undo} size="compact-sm" onClick={() => onPress(undefined)}>
              {t("action.undo")}
            </Button>
          </div>
        )}
        {isTyping && (
          <TextInput
            ref={field}
            className={css.field}
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
      </div>
    </div>
  );
}

/** The button that was pressed is gone: what came instead takes the focus. */
function usePressed(chatUrl: Draft["chat_url"], onChat: Props["onChat"]) {
  const field = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const [isPressed, setIsPressed] = useState(false);
  useEffect(() => {
    if (!isPressed) return;
    setIsPressed(false);
    (chatUrl === undefined ? first : chatUrl === null ? undo : field).current?.focus();
  }, [isPressed, chatUrl]);
  const onPress = (url: Draft["chat_url"]) => {
    onChat(url);
    setIsPressed(true);
  };
  return { field, first, undo, onPress };
}
