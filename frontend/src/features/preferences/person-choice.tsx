import "@/ui/select-styles";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allUsersQuery } from "@/directory/users";
import css from "@/features/preferences/preferences.module.css";
import { useCurrentUser } from "@/session/current-user";

interface Props {
  user: number | null;
  onChange: (user: number | undefined) => void;
}

/** Whose preferences are shown; only administrators see others'. */
export function PersonChoice({ user, onChange }: Props) {
  const { t } = useTranslation();
  const me = useCurrentUser();
  const { data: people = [] } = useQuery(allUsersQuery);
  const mine = { value: String(me.id), label: t("preferences.person.me", { name: me.name }) };
  return (
    <Select
      className={css.person}
      aria-label={t("preferences.person.label")}
      searchable
      limit={60}
      openOnFocus={false}
      allowDeselect={false}
      value={String(user ?? me.id)}
      data={[
        mine,
        ...people.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      onChange={(id) => onChange(id === null || id === mine.value ? undefined : Number(id))}
    />
  );
}
