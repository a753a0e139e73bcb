import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";

interface Props {
  job: ImportJob;
  severity: "error" | "warning" | undefined;
}

/** A plain link: the browser streams the file to the disk, however long it is. */
export function DownloadRows({ job, severity }: Props) {
  const { t } = useTranslation();
  const query = new URLSearchParams({ format: "csv", ...(severity ? { severity } : {}) });
  return (
    <Button
      component="a"
      href={`/api/v1/admin/imports/${job.id}/errors?${query}`}
      download={`import-${job.id}-${severity ?? "rows"}.csv`}
      leftSection={<IconDownload size={16} />}
    >
      {t("imports.job.download")}
    </Button>
  );
}
