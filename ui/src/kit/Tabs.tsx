import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import style from "./Tabs.module.css";

export type TabItem = { id: string; label: string; badge?: number; content: ReactNode };

export function Tabs({ label, tabs, value, onChange }: { label: string; tabs: readonly TabItem[]; value?: string; onChange?: (id: string) => void }) {
  return (
    <AriaTabs className={style.tabs} selectedKey={value} onSelectionChange={(key) => onChange?.(String(key))}>
      <TabList aria-label={label} className={style.list}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={style.tab}>
            {tab.label}
            {tab.badge !== undefined && <span className={style.badge}>{tab.badge}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={style.panel}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
