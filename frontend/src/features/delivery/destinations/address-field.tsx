import { TextInput, UnstyledButton } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { chatExamples } from "@/features/delivery/destinations/chat-examples";
import css from "@/features/delivery/destinations/sheet.module.css";

interface Props {
  kind: Channel;
  /** What is shown of the address that stays when none is entered; null: one is needed. */
  kept: string | null;
  typed: string;
  field: GetInputPropsReturnType;
  onExample: (address: string) => void;
}

/** The address, what its kind is for, and what one looks like. */
export function AddressField({ kind, kept, typed, field, onExample }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  // What somebody typed is not theirs to lose: then the patterns are only looked at.
  const isFree = typed.trim() === "" || chatExamples.some(({ address }) => address === typed);
  return (
    <div>
      <TextInput
        {...field}
        ref={input}
        label={t(`delivery.form.address.${kind}`)}
        description={kept === null ? undefined : t("delivery.form.addressKept", { shown: kept })}
        placeholder={t(`delivery.form.example.${kind}`)}
        // It holds credentials of ours, no data of whoever types.
        autoComplete="off"
        spellCheck={false}
        inputMode={kind === "email" ? "email" : "url"}
        maxLength={2_000}
      />
      <p className={css.help}>
        {t(`delivery.form.help.${kind}`)}
        {kind === "webhook" && kept === null && ` ${t("delivery.form.secretFollows")}`}
      </p>
      {kind === "chat" && (
        <ul className={css.examples} aria-label={t("delivery.form.chatExamples")}>
          {chatExamples.map(({ service, address }) => (
            <li key={service}>
              <UnstyledButton
                className={css.example}
                aria-label={t("delivery.form.useExample", { service })}
                aria-disabled={!isFree}
                onClick={() => {
                  if (!isFree) return;
                  onExample(address);
                  input.current?.focus();
                }}
              >
                <b>{service}</b>
                <code>{address}</code>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
