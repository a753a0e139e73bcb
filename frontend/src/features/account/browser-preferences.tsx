import "@mantine/core/styles/Switch.layer.css";
import { Switch, useMantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import css from "@/features/account/account.module.css";
import { Segments } from "@/filters/segments";
import { type Language, languages, switchLanguage } from "@/i18n";
import { switchSingleKeys, useSingleKeysOn } from "@/keyboard/preference";
import { Panel } from "@/ui/page";
import { showToast } from "@/ui/toasts";
import { readChoice } from "@/url/read-search";

const schemes = ["light", "dark", "auto"] as const;

export function BrowserPreferences() {
  const { t, i18n } = useTranslation();
  const id = useId();
  const isOn = useSingleKeysOn();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const speak = (language: Language) => {
    switchLanguage(language).catch(() => showToast({ kind: "failed", message: t("form.failed") }));
  };
  return (
    <Panel>
      <div className={css.card}>
        <h2 className={css.title}>{t("account.preferences.title")}</h2>
        <div className={css.preference}>
          <div>
            <label htmlFor={id}>{t("account.preferences.shortcuts")}</label>
            <p id={`${id}-hint`}>{t("account.preferences.shortcutsHint")}</p>
          </div>
          <Switch
            id={id}
            aria-describedby={`${id}-hint`}
            checked={isOn}
            onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
          />
        </div>
        <div className={css.preference}>
          <span>{t("account.preferences.theme")}</span>
          <Segments
            filter={{
              label: t("account.preferences.theme"),
              selected: colorScheme,
              options: [
                { value: "light", label: t("account.preferences.themeLight") },
                { value: "dark", label: t("account.preferences.themeDark") },
                { value: "auto", label: t("account.preferences.themeAuto") },
              ],
              onChange: (value) => setColorScheme(readChoice(value, schemes) ?? "auto"),
            }}
          />
        </div>
        <div className={css.preference}>
          <span>{t("account.preferences.language")}</span>
          <Segments
            filter={{
              label: t("account.preferences.language"),
              selected: i18n.language,
              options: languages.map((value) => ({ value, label: t(`account.preferences.languageName.${value}`) })),
              onChange: (value) => speak(readChoice(value, languages) ?? "en"),
            }}
          />
        </div>
      </div>
    </Panel>
  );
}
