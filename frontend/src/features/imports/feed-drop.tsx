import { ActionIcon } from "@mantine/core";
import { IconFileText, IconUpload, IconX } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileSize } from "@/display/numbers";
import css from "@/features/imports/feed-drop.module.css";
import { Emphasised } from "@/ui/emphasised";

interface Props {
  file: File | null;
  error: ReactNode;
  onChange: (file: File | null) => void;
}

/** A real file input under a drop area: keyboard, screen reader and pointer each have their way. */
export function FeedDrop({ file, error, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped) onChange(dropped);
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input inside is the control */}
      <div
        className={css.drop}
        data-over={isOver || undefined}
        data-error={Boolean(error) || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <input
          ref={input}
          id={id}
          type="file"
          className={css.input}
          accept=".tsv,.csv,.txt,text/csv,text/tab-separated-values,text/plain"
          aria-describedby={`${id}-hint`}
          aria-invalid={Boolean(error)}
          onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
        />
        {file ? <IconFileText size={22} stroke={1.6} aria-hidden /> : <IconUpload size={22} stroke={1.6} aria-hidden />}
        <label htmlFor={id} className={css.words}>
          {file ? (
            <>
              <b className={css.name}>{file.name}</b>
              <span className="num">{fileSize(file.size)}</span>
            </>
          ) : isOver ? (
            t("imports.dialog.dropNow")
          ) : (
            <Emphasised text={t("imports.dialog.drop")} />
          )}
        </label>
        {file && (
          <ActionIcon
            className={css.remove}
            aria-label={t("imports.dialog.removeFile", { name: file.name })}
            onClick={() => {
              if (input.current) input.current.value = "";
              onChange(null);
            }}
          >
            <IconX size={17} />
          </ActionIcon>
        )}
      </div>
      <p id={`${id}-hint`} className={css.hint}>
        {t("imports.dialog.dropHint")}
      </p>
      {error && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
