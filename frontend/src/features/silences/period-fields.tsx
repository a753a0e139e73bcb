import { Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { dayAndTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import css from "@/features/silences/create-silence.module.css";
import { endOf, presets } from "@/features/silences/ends";
import type { SilenceValues } from "@/features/silences/silence-form";

const beginnings = ["now", "later"] as const;

/** From when until when, and why. */
export function PeriodFields({ form }: { form: UseFormReturnType<SilenceValues> }) {
  const { t } = useTranslation();
  const now = useNow();
  const { starts, ends } = form.values;
  const end = ends === "custom" ? null : endOf(form.values, now);
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{t("silences.field.when")}</legend>
      <Choice label={t("silences.field.starts")}>
        {beginnings.map((value) => (
          <Preset
            key={value}
            name="starts"
            isChosen={starts === value}
            onChoose={() => form.setFieldValue("starts", value)}
          >
            {t(`silences.field.${value}`)}
          </Preset>
        ))}
      </Choice>
      {starts === "later" && (
        <TextInput {...form.getInputProps("starts_at")} type="datetime-local" label={t("silences.field.startsAt")} />
      )}
      <Choice
        label={t("silences.field.ends")}
        note={end && <span className="num">{dayAndTime(end.toISOString(), now)}</span>}
        error={ends === "custom" ? undefined : form.errors["ends_at"]}
      >
        {presets.map((value) => (
          <Preset
            key={value}
            name="ends"
            isChosen={ends === value}
            onChoose={() => {
              form.setFieldValue("ends", value);
              form.clearFieldError("ends_at");
            }}
          >
            {t(`silences.field.${value}`)}
          </Preset>
        ))}
      </Choice>
      {ends === "custom" && (
        <TextInput {...form.getInputProps("ends_at")} type="datetime-local" label={t("silences.field.endsAt")} />
      )}
      <Textarea
        {...form.getInputProps("comment")}
        label={t("silences.field.comment")}
        description={t("silences.field.commentHint")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2_000}
      />
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  /** What the choice comes to. */
  note?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
}

/** One of a few, of which the arrows choose another. */
function Choice({ label, note, error, children }: ChoiceProps) {
  const errorId = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? errorId : undefined}
    >
      <p className={css.label}>
        {label} {note}
      </p>
      <div className={css.presets}>{children}</div>
      {error && (
        <p id={errorId} className={css.error}>
          {error}
        </p>
      )}
    </div>
  );
}

interface PresetProps {
  name: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Preset({ name, isChosen, onChoose, children }: PresetProps) {
  return (
    <label className={css.preset}>
      <input type="radio" name={`silence-${name}`} checked={isChosen} onChange={onChoose} />
      {children}
    </label>
  );
}
