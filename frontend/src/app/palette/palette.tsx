import "@/app/palette/texts";
import "@/ui/dialog-styles";
import "@mantine/spotlight/styles.layer.css";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "@/app/palette/palette.module.css";
import { closePalette } from "@/app/palette/palette-state";
import { useCommands } from "@/app/palette/use-commands";
import { useReturnFocus } from "@/ui/use-return-focus";

const [store, spotlight] = createSpotlight();

/** Pages, actions, stores and recent imports, found by any part of their names. */
export default function Palette() {
  const { t } = useTranslation();
  useReturnFocus();
  const [query, setQuery] = useState("");
  // Opened after it is there: it takes the focus only when it changes from closed to open.
  useEffect(() => {
    spotlight.open();
    return spotlight.close;
  }, []);
  const groups = useCommands(query);
  // Reached by Tab: whoever does not point must be able to scroll it. Handed on to the scroll area, untyped as it is.
  const scrollArea = { viewportProps: { tabIndex: 0, role: "group", "aria-label": t("shell.palette.actions") } };

  return (
    <Spotlight.Root
      store={store}
      onSpotlightClose={closePalette}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={420}
      size={560}
      overlayProps={{ color: "var(--scrim)", backgroundOpacity: 1, blur: 0 }}
      transitionProps={{ duration: 100 }}
      classNames={{ content: css.content, search: css.search, action: css.action, actionsGroup: css.group }}
    >
      <Spotlight.Search
        placeholder={t("shell.palette.placeholder")}
        aria-label={t("shell.palette.placeholder")}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList {...scrollArea}>
        {groups.map(({ name, commands }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {commands.map(({ id, label, detail, icon: CommandIcon, run }) => (
              <Spotlight.Action key={id} label={label} onClick={run} closeSpotlightOnTrigger={false}>
                <CommandIcon size={18} stroke={1.7} aria-hidden />
                <span className={css.label}>{label}</span> {detail && <span className={css.detail}>{detail}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t("shell.palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
