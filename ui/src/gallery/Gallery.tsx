import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { InLanguage } from "../app/Root";
import { SCALES, THEMES, applyLook } from "../app/look";
import { useLook } from "../app/lookStore";
import { startHotkeys } from "../command";
import { languageOptions } from "../i18n";
import { TransportProvider, queryClient } from "../ipc";
import { Select, ToastRegion } from "../kit";
import { fixtureTransport } from "../ipc/transport.fixture";
import { sampleAnswers } from "./sample";
import style from "./Gallery.module.css";

export type DemoModule = { title: string; Demo: () => React.ReactNode };

const modules = import.meta.glob<DemoModule>("../**/*.demo.tsx", { eager: true });
const demos = Object.entries(modules)
  .map(([path, demo]) => ({ path, ...demo }))
  .sort((a, b) => a.path.localeCompare(b.path));

export function Gallery({ only }: { only: string | null }) {
  const [transport] = useState(() => fixtureTransport(sampleAnswers()));
  useEffect(startHotkeys, []);
  return (
    <QueryClientProvider client={queryClient}>
      <TransportProvider transport={transport}>
        <InLanguage>
          <div className={style.page}>
            <Controls />
            <main className={style.main}>
              <h1 className={style.h1}>Xunju kit</h1>
              {demos
                .filter((d) => only === null || d.title === only)
                .map(({ path, title, Demo }) => (
                  <section key={path} id={title} className={style.demo} aria-labelledby={`h-${title}`}>
                    <h2 id={`h-${title}`} className={style.h2}>
                      {title}
                    </h2>
                    <Demo />
                  </section>
                ))}
            </main>
          </div>
          <ToastRegion />
        </InLanguage>
      </TransportProvider>
    </QueryClientProvider>
  );
}

function Controls() {
  const look = useLook();
  return (
    <header className={style.controls}>
      <Select label="Language" options={languageOptions()} value={look.language} onChange={(language) => applyLook({ ...look, language })} />
      <Select label="Theme" options={THEMES.map((t) => ({ value: t, label: t }))} value={look.theme} onChange={(theme) => applyLook({ ...look, theme })} />
      <Select label="Scale" options={SCALES.map((n) => ({ value: String(n), label: String(n) }))} value={String(look.text_scale)} onChange={(n) => applyLook({ ...look, text_scale: Number(n) })} />
    </header>
  );
}
