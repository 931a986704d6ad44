import { useNavigate } from "@tanstack/react-router";
import { Briefcase, Building2, DoorOpen, FileText, Search } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Autocomplete, Header, Input, Menu, MenuItem, MenuSection, SearchField } from "react-aria-components";
import { currentCommands, runCommand } from "../command";
import { m, say } from "../i18n";
import { type SearchHit, useRead } from "../ipc";
import { Dialog, Kbd } from "../kit";
import { imeGuard } from "../kit/ime";
import menu from "../kit/Menu.module.css";
import style from "./Palette.module.css";

const FOUND_MAX = 6;

type Found = { id: string; label: string; shown?: ReactNode; detail?: string; icon?: ReactNode; keys?: string; run: () => void };

const ICONS: Record<string, typeof Search> = { compound: Building2, company: Briefcase, dwelling: DoorOpen, case: FileText };
const KINDS: Record<string, () => string> = { compound: m.app_compounds, company: m.base_companies, dwelling: m.base_dwellings, case: m.app_cases };

/** Ctrl+K: compounds, dwellings, companies, cases while somebody types, and every act by its name with its key. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [commands] = useState(() => currentCommands().filter((c) => !c.hidden));
  const wanted = text.trim();
  useEffect(inTabOrder);
  const hits = useHits(wanted);
  const acts: Found[] = commands
    .filter((c) => c.label.toLowerCase().includes(wanted.toLowerCase()))
    .map((c) => ({ id: `do:${c.id}`, label: c.label, keys: c.keys?.[0], run: () => void runCommand(c.id) }));
  const sections: Array<[string, Found[]]> = [...hits, [m.app_palette_acts(), acts]];
  const all = sections.flatMap(([, found]) => found);
  const choose = (id: string) => {
    onClose();
    // After the dialog has given the focus back.
    queueMicrotask(() => all.find((f) => f.id === id)?.run());
  };
  return (
    <Dialog title={m.app_search_anywhere()} isOpen onClose={onClose}>
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField aria-label={m.app_search()} autoFocus {...imeGuard}>
          <div className={style.box}>
            <Search aria-hidden="true" />
            <Input className={style.input} placeholder={m.app_search()} />
          </div>
        </SearchField>
        <Menu aria-label={m.app_palette_found()} className={style.list} onAction={(key) => choose(String(key))} renderEmptyState={() => <p className={style.none}>{m.base_nothing_found()}</p>}>
          {sections
            .filter(([, found]) => found.length > 0)
            .map(([name, found]) => (
              <MenuSection key={name} id={name} className={style.section}>
                <Header className={style.header}>{name}</Header>
                {found.map((f) => (
                  <MenuItem key={f.id} id={f.id} textValue={f.label} className={menu.item}>
                    {f.icon}
                    <span className={menu.text}>{f.shown ?? f.label}</span>
                    {f.detail && <span className={style.detail}>{f.detail}</span>}
                    {f.keys && <Kbd keys={f.keys} />}
                  </MenuItem>
                ))}
              </MenuSection>
            ))}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}

/** The list scrolls, so Tab reaches it too; the arrows walk it from the field. */
function inTabOrder(): void {
  document.querySelector(`.${style.list}`)?.setAttribute("tabindex", "0");
}

/** The answer to what stands in the field now; while it is read, the former one. An older answer never follows a newer. */
function useHits(text: string): Array<[string, Found[]]> {
  const open = useOpen();
  const { data } = useRead("search.find", { text, limit: FOUND_MAX }, { enabled: text !== "", keep: true });
  if (text === "" || !data) return [];
  // A person has no page to open.
  return data.groups.filter((group) => KINDS[group.kind]).map((group) => [
    group.total > group.rows.length ? m.base_group_more({ kind: KINDS[group.kind]?.() ?? group.kind, count: group.total }) : (KINDS[group.kind]?.() ?? group.kind),
    group.rows.map((hit) => {
      const Icon = ICONS[hit.kind] ?? FileText;
      return {
        id: `${hit.kind}:${hit.id}:${hit.at.building ?? ""}:${hit.at.room ?? ""}`,
        label: hit.title,
        shown: <Marked title={hit.title} marks={hit.marks} />,
        detail: hit.label ? say(hit.label) : hit.detail,
        icon: <Icon aria-hidden="true" />,
        run: () => open(hit),
      };
    }),
  ]);
}

function useOpen(): (hit: SearchHit) => void {
  const navigate = useNavigate();
  return (hit) => {
    switch (hit.kind) {
      case "compound":
        return void navigate({ to: "/compounds/$id", params: { id: hit.id }, search: {} });
      case "company":
        return void navigate({ to: "/companies/$id", params: { id: hit.id } });
      case "dwelling":
        return void navigate({ to: "/compounds/$id/dwelling", params: { id: hit.id }, search: { building: hit.at.building, room: hit.at.room } });
      default:
        return void navigate({ to: "/cases/$id", params: { id: hit.id }, search: {} });
    }
  };
}

/** The characters that answer, in weight and underline: never in colour alone. */
function Marked({ title, marks }: { title: string; marks: ReadonlyArray<readonly [number, number]> }) {
  const chars = [...title];
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(chars.slice(at, from).join(""), <mark key={from} className={style.mark}>{chars.slice(from, to).join("")}</mark>);
    at = to;
  }
  return (
    <>
      {parts}
      {chars.slice(at).join("")}
    </>
  );
}
