import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "@/features/delivery/destinations/sheet.module.css";
import { categoryName } from "@/inbox/messages/wording";
import { alertTypes, notificationTypes } from "@/inbox/search";

interface Props {
  selected: readonly string[];
  onChange: (types: string[]) => void;
}

/** What a destination hears of, in words; none chosen is everything. */
export function TypeChoice({ selected, onChange }: Props) {
  const { t } = useTranslation();
  const toggle = (type: string) =>
    onChange(selected.includes(type) ? selected.filter((each) => each !== type) : [...selected, type]);
  const groups = [
    { name: t("delivery.form.notifications"), types: notificationTypes },
    { name: t("delivery.form.alerts"), types: alertTypes },
  ];
  return (
    <fieldset className={css.group}>
      <legend>{t("delivery.form.types")}</legend>
      <p className={css.hint}>{t("delivery.form.typesHint")}</p>
      <div className={css.types}>
        {groups.map(({ name, types }) => [
          <p key={name} className={css.subject}>
            {name}
          </p>,
          ...types.map((type) => (
            <Checkbox
              key={type}
              size="xs"
              label={categoryName(t, type)}
              checked={selected.includes(type)}
              onChange={() => toggle(type)}
            />
          )),
        ])}
      </div>
    </fieldset>
  );
}
