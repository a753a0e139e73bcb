import "@/ui/select-styles";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { AlertDetail } from "@/api/types";
import { allUsersQuery } from "@/directory/users";
import css from "@/features/alerts/alert-drawer.module.css";
import { useHandling } from "@/features/alerts/use-handling";
import { useCan } from "@/session/current-user";
import { can } from "@/session/roles";

const nobody = "nobody";

/** Who looks after it. Administrators, who alone may see the list of people, choose anybody who may handle alerts. */
export function Assignee({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const canSeePeople = useCan("manage");
  return canSeePeople ? <AssigneeSelect alert={alert} /> : (alert.assigned_to?.name ?? t("alerts.drawer.nobody"));
}

function AssigneeSelect({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const { data: users = [], error } = useQuery(allUsersQuery);
  const { mutate, isPending } = useHandling(alert.id);
  const people = users.filter((user) => user.is_active && can(user, "triage")).map(({ id, name }) => ({ id, name }));
  const assignee = alert.assigned_to;
  // Somebody who may no longer handle alerts, or before the list has come.
  if (assignee && people.every(({ id }) => id !== assignee.id)) people.unshift(assignee);
  return (
    <Select
      size="xs"
      classNames={{ input: css.assignee }}
      aria-label={t("alerts.drawer.assigned")}
      searchable
      allowDeselect={false}
      openOnFocus={false}
      nothingFoundMessage={t("alerts.drawer.noPerson")}
      error={error && problemText(error)}
      data={[
        { value: nobody, label: t("alerts.drawer.nobody") },
        ...people.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={assignee ? String(assignee.id) : nobody}
      disabled={isPending}
      onChange={(chosen) => {
        const to = people.find(({ id }) => String(id) === chosen) ?? null;
        if (to?.id !== assignee?.id) mutate({ kind: "assign", to });
      }}
    />
  );
}
