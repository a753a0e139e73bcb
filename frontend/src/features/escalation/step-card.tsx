import "@/ui/multi-select-styles";
import { ActionIcon, MultiSelect, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Escalation } from "@/api/types";
import { allDestinationsQuery } from "@/directory/destinations";
import { allUsersQuery } from "@/directory/users";
import css from "@/features/escalation/escalation.module.css";
import { minutesOf, type PolicyValues } from "@/features/escalation/policy-form";
import { stepSentence } from "@/features/escalation/step-words";

interface Props {
  form: UseFormReturnType<PolicyValues>;
  /** As it is kept: it names those that the lists have no more. */
  policy: Escalation;
  at: number;
  /** Was added just now: writing goes on here. */
  isNew: boolean;
  onRemove: () => void;
}

export function StepCard({ form, policy, at, isNew, onRemove }: Props) {
  const { t } = useTranslation();
  const sentenceId = useId();
  const users = useQuery(allUsersQuery);
  const destinations = useQuery(allDestinationsQuery);
  const step = form.values.steps[at];
  if (!step) return null;
  const n = at + 1;
  const path = `steps.${at}` as const; // `as const`: the form knows its paths by these types
  const active = users.data?.filter(({ is_active }) => is_active);
  const people = choices(
    active,
    policy.steps
      .flatMap((kept) => kept.people)
      // The server refuses them at the next save: it is said before.
      .map(({ id, name }) => ({ id, name: active ? t("escalation.inactive", { name }) : name })),
    step.user_ids,
  );
  const places = choices(
    destinations.data,
    policy.steps.flatMap((kept) => kept.destinations),
    step.destination_ids,
  );
  const names = [...chosenNames(people, step.user_ids), ...chosenNames(places, step.destination_ids)];
  const minutes = minutesOf(step);
  const userField = form.getInputProps(`${path}.user_ids`);
  const placeField = form.getInputProps(`${path}.destination_ids`);
  const shared = { clearable: true, searchable: true, nothingFoundMessage: t("escalation.noMatch") } as const;
  return (
    <li className={css.step}>
      <span className={css.number} aria-hidden>
        {n}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's box cannot be a grid in every browser */}
      <div role="group" aria-label={t("escalation.step", { n })} aria-describedby={sentenceId} className={css.card}>
        <div className={css.head}>
          <p id={sentenceId} className={css.sentence}>
            {minutes === null ? t("escalation.step", { n }) : stepSentence(t, minutes, names)}
          </p>
          <ActionIcon aria-label={t("escalation.removeNamed", { n })} title={t("escalation.remove")} onClick={onRemove}>
            <IconTrash size={17} stroke={1.7} />
          </ActionIcon>
        </div>
        <div className={css.columns}>
          <TextInput
            {...form.getInputProps(`${path}.after_minutes`)}
            label={t("escalation.after")}
            description={t("escalation.afterHint")}
            inputWrapperOrder={["label", "input", "error", "description"]}
            inputMode="numeric"
            maxLength={5}
            autoFocus={isNew}
          />
          <MultiSelect
            {...shared}
            {...userField}
            label={t("escalation.people")}
            placeholder={step.user_ids.length === 0 ? t("escalation.peopleNone") : undefined}
            data={people}
            error={userField.error ?? form.errors[path] ?? (users.error && problemText(users.error))}
            onChange={(ids) => {
              form.setFieldValue(`${path}.user_ids`, ids);
              form.clearFieldError(path);
            }}
          />
          <MultiSelect
            {...shared}
            {...placeField}
            label={t("escalation.destinations")}
            placeholder={step.destination_ids.length === 0 ? t("escalation.destinationsNone") : undefined}
            data={places}
            error={placeField.error ?? (destinations.error && problemText(destinations.error))}
            onChange={(ids) => {
              form.setFieldValue(`${path}.destination_ids`, ids);
              form.clearFieldError(path);
            }}
          />
        </div>
      </div>
    </li>
  );
}

interface Named {
  readonly id: number;
  readonly name: string;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Those that may be chosen, and those that are: somebody may be active no longer. */
function choices(listed: readonly Named[] = [], kept: readonly Named[], chosen: readonly string[]): Choice[] {
  const all = new Map(listed.map(({ id, name }) => [String(id), name]));
  for (const { id, name } of kept) if (chosen.includes(String(id)) && !all.has(String(id))) all.set(String(id), name);
  return [...all].map(([value, label]) => ({ value, label }));
}

function chosenNames(all: readonly Choice[], chosen: readonly string[]): string[] {
  return chosen.map((id) => all.find(({ value }) => value === id)?.label ?? `#${id}`);
}
