import "@/features/imports/texts";
import "@/ui/select-styles";
import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { applyProblem } from "@/api/apply-problem";
import type { ImportJob } from "@/api/types";
import { allStoresQuery } from "@/directory/stores";
import { FeedDrop } from "@/features/imports/feed-drop";
import { importKeys } from "@/features/imports/keys";
import { type FeedLanguage, feedLanguages } from "@/features/imports/search";
import { startImport } from "@/features/imports/start-import";
import { UploadMeter } from "@/features/imports/upload-meter";
import { Segments } from "@/filters/segments";
import { Dialog } from "@/ui/dialog";
import css from "@/ui/dialog.module.css";
import { useErrorFocus } from "@/ui/use-error-focus";
import { readChoice } from "@/url/read-search";

interface Props {
  storeId: number | undefined;
  onClose: () => void;
  onStarted: (job: ImportJob) => void;
}

interface Values {
  store_id: string | null;
  language: FeedLanguage;
  kind: "file" | "url";
  file: File | null;
  source_url: string;
}

export default function ImportDialog({ storeId, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const stores = useQuery(allStoresQuery);
  const [uploaded, setUploaded] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const cancelling = useRef(new AbortController());
  const form = useForm<Values>({
    initialValues: {
      store_id: storeId ? String(storeId) : null,
      language: "fr",
      kind: "file",
      file: null,
      source_url: "",
    },
    validate: {
      store_id: (value) => (value === null ? t("imports.dialog.storeRequired") : null),
      file: (value, { kind }) => (kind === "file" && value === null ? t("imports.dialog.fileRequired") : null),
      source_url: (value, { kind }) =>
        kind === "url" && !/^https?:\/\/\S+$/.test(value.trim()) ? t("imports.dialog.urlRequired") : null,
    },
  });
  const { onSent, onRefused } = useErrorFocus();
  const start = useMutation({
    mutationFn: ({ store_id, language, kind, file, source_url }: Values) => {
      const source = kind === "file" && file ? { kind, file } : { kind: "url" as const, url: source_url.trim() }; // `as`: the literal
      return startImport({ storeId: Number(store_id), language, source }, setUploaded, cancelling.current.signal);
    },
    onMutate: () => setProblem(null),
    onSuccess: (job) => {
      void queryClient.invalidateQueries({ queryKey: importKeys.lists });
      onStarted(job);
    },
    onError: (error) => {
      setProblem(applyProblem(form, error));
      onRefused();
    },
  });
  const submit = form.onSubmit((values) => start.mutate(values), onRefused);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    onSent(event);
    submit(event);
  };
  const close = () => {
    cancelling.current.abort();
    onClose();
  };
  const { kind, file } = form.values;

  return (
    <Dialog onClose={close} title={t("imports.dialog.title")} size={520}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <div role="alert">{problem && <p className={css.problem}>{problem}</p>}</div>
        <Select
          {...form.getInputProps("store_id")}
          label={t("imports.dialog.store")}
          placeholder={t("imports.dialog.storePlaceholder")}
          searchable
          openOnFocus={false}
          nothingFoundMessage={stores.data?.length === 0 ? t("imports.dialog.noStores") : t("filter.noStore")}
          data={stores.data?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
          disabled={stores.isPending}
          inputWrapperOrder={["label", "input", "error", "description"]}
          description={
            <Link to="/stores" search={{ create: true }}>
              {t("imports.dialog.createStore")}
            </Link>
          }
          data-autofocus
        />
        <Choice
          label={t("imports.dialog.language")}
          value={form.values.language}
          options={feedLanguages.map((value) => ({ value, label: t(`imports.languageName.${value}`) }))}
          onChange={(value) => form.setFieldValue("language", readChoice(value, feedLanguages) ?? "fr")}
        />
        <Choice
          label={t("imports.dialog.source")}
          value={kind}
          options={[
            { value: "file", label: t("imports.dialog.file") },
            { value: "url", label: t("imports.dialog.url") },
          ]}
          onChange={(value) => form.setFieldValue("kind", value === "url" ? "url" : "file")}
        />
        {kind === "file" ? (
          <FeedDrop file={file} error={form.errors["file"]} onChange={(chosen) => form.setFieldValue("file", chosen)} />
        ) : (
          <TextInput
            {...form.getInputProps("source_url")}
            type="url"
            aria-label={t("imports.dialog.url")}
            placeholder={t("imports.dialog.urlPlaceholder")}
          />
        )}
        {start.isPending && kind === "file" && <UploadMeter share={uploaded} />}
        <div className={css.actions}>
          <Button onClick={close}>{t("action.cancel")}</Button>
          <Button type="submit" variant="filled" loading={start.isPending}>
            {t("imports.dialog.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <div>
      <p className={css.label}>{label}</p>
      <Segments filter={{ label, options, selected: value, onChange }} />
    </div>
  );
}
