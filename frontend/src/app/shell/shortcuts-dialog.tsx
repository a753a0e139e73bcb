import "@/app/shell/shortcuts-texts";
import { useTranslation } from "react-i18next";
import css from "@/app/shell/shortcuts-dialog.module.css";
import { useSingleKeysOn } from "@/keyboard/preference";
import { closeShortcuts } from "@/keyboard/shortcuts-dialog-state";
import { Dialog } from "@/ui/dialog";

const anywhere = [
  ["palette", ["Ctrl", "K"]],
  ["goNotifications", ["G", "N"]],
  ["goAlerts", ["G", "A"]],
  ["goImports", ["G", "I"]],
  ["goOrders", ["G", "O"]],
  ["goExceptions", ["G", "X"]],
  ["bell", ["G", "B"]],
  ["help", ["?"]],
] as const;
const lists = [
  ["move", ["J", "K"]],
  ["select", ["X"]],
  ["read", ["E"]],
  ["acknowledge", ["E"]],
  ["snooze", ["S"]],
  ["open", ["Enter"]],
  ["search", ["/"]],
  ["escape", ["Esc"]],
] as const;
const exceptions = [
  ["choose", ["1", "…", "9"]],
  ["findProduct", ["/"]],
  ["resolveAll", ["A"]],
  ["ignore", ["I"]],
] as const;

export default function ShortcutsDialog() {
  const { t } = useTranslation();
  const isOn = useSingleKeysOn();
  return (
    <Dialog onClose={closeShortcuts} title={t("shell.shortcuts.title")} size={560}>
      <div className={css.columns}>
        <Keys title={t("shell.shortcuts.anywhere")} keys={anywhere} />
        <div className={css.column}>
          <Keys title={t("shell.shortcuts.lists")} keys={lists} />
          <Keys title={t("shell.shortcuts.exceptions")} keys={exceptions} />
        </div>
      </div>
      <p className={css.note}>{isOn ? t("shell.shortcuts.preference") : t("shell.shortcuts.switchedOff")}</p>
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: typeof anywhere | typeof lists | typeof exceptions }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={css.title}>{title}</h3>
      <dl className={css.keys}>
        {keys.map(([name, pressed]) => (
          <div key={name}>
            <dt>{t(`shell.shortcuts.${name}`)}</dt>
            <dd>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
