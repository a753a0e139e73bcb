import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "@/filters/filter.module.css";

interface Props {
  value: string;
  label: string;
  onChange: (value: string) => void;
  inputRef?: React.Ref<HTMLInputElement>;
  /** Goes to what was found: by the arrow down, and by the Escape after the one that empties the field. */
  onLeave?: () => void;
}

const pause = 250;

/** Asks the server when typing pauses; Enter asks at once, Escape leaves the field. */
export function SearchField({ value, label, onChange, inputRef, onLeave }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);

  // The address changed by other means: Back, "Clear", a stat cell. What was asked here stays as it was typed.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    clearTimeout(timer.current);
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const ask = (next: string, wait: number) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = next.trim();
      onChange(asked.current);
    }, wait);
  };

  return (
    <TextInput
      ref={inputRef ?? null}
      type="search"
      className={css.search}
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text !== "" && <CloseButton size="sm" aria-label={t("action.clear")} onClick={() => ask("", 0)} />}
      onChange={(event) => ask(event.currentTarget.value, pause)}
      onKeyDown={(event) => {
        if (event.key === "Enter") ask(text, 0);
        if (event.key === "ArrowDown" && onLeave) {
          event.preventDefault();
          onLeave();
        }
        if (event.key !== "Escape") return;
        // The browser would empty the field.
        event.preventDefault();
        if (!onLeave) event.currentTarget.blur();
        else if (text !== "") ask("", 0);
        else onLeave();
      }}
    />
  );
}
