import { Button } from "@mantine/core";
import { type Icon, IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/page-state";
import { lazyPart } from "@/ui/part";

const NothingSnoozed = lazyPart(() => import("@/inbox/snooze/nothing-snoozed"));

interface Words {
  icon: Icon;
  title: string;
  body: string;
}

interface Props {
  /** Asked for what is put off. */
  isSnoozed?: boolean;
  /** Without any filter. */
  quiet: Words;
  /** The filter that is good news when it finds nothing, and is on. */
  settled: Words | false;
  onClear: (() => void) | undefined;
}

/** "All quiet" is told apart from filters that match nothing, which can be cleared. */
export function NothingListed({ isSnoozed, quiet, settled, onClear }: Props) {
  const { t } = useTranslation();
  if (isSnoozed) {
    return <NothingSnoozed />;
  }
  const filtered = { icon: IconFilterOff, title: t("list.emptyFiltered"), body: t("list.emptyFilteredBody") };
  const words = settled || (onClear ? filtered : quiet);
  return <EmptyState {...words} action={onClear && <Button onClick={onClear}>{t("action.clearFilters")}</Button>} />;
}
