import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { Panel } from "@/ui/page";
import css from "@/ui/tab-panel.module.css";
import { useTabStrip } from "@/ui/use-tab-strip";

export interface Tab {
  readonly name: string;
  readonly label: string;
  /** What waits there, beside the label. */
  readonly count?: string | undefined;
  readonly content: ReactNode;
}

interface Props {
  label?: string | undefined;
  tabs: readonly Tab[];
  /** The first one when it is none of the tabs. */
  shown: string | undefined;
  onChange: (name: string) => void;
}

/** A panel of tabs; arrow keys move between them, and the row scrolls where there is no room for all. */
export function TabPanel({ label, tabs, shown, onChange }: Props) {
  const value = (tabs.find(({ name }) => name === shown) ?? tabs[0])?.name ?? "";
  const list = useTabStrip(value);
  return (
    <div className={css.panel}>
      <Panel label={label}>
        <Tabs
          value={value}
          onChange={(name) => name !== null && onChange(name)}
          keepMounted={false}
          classNames={{ list: css.tabs, tab: css.tab }}
        >
          <Tabs.List ref={list}>
            {tabs.map(({ name, label: words, count }) => (
              <Tabs.Tab key={name} value={name} rightSection={count && <span className={css.count}>{count}</span>}>
                {words}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map(({ name, content }) => (
            <Tabs.Panel key={name} value={name}>
              {content}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Panel>
    </div>
  );
}
