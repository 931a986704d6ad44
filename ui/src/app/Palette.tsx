import { useNavigate } from "@tanstack/react-router";
import { Building2, FileText, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, MenuSection, Header, SearchField } from "react-aria-components";
import { currentCommands, runCommand } from "../command";
import { m, say } from "../i18n";
import { useRead } from "../ipc";
import { Dialog, Kbd } from "../kit";
import { imeGuard } from "../kit/ime";
import menu from "../kit/Menu.module.css";
import style from "./Palette.module.css";

const FOUND_MAX = 6;

type Found = { id: string; label: string; detail?: string; icon?: ReactNode; keys?: string; run: () => void };

/** Ctrl+K: every act by its name, with its key beside it; compounds by initials and cases by place or number. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [commands] = useState(() => currentCommands().filter((c) => !c.hidden));
  const wanted = text.trim();
  const places = usePlaces(wanted);
  const cases = useCases(wanted);
  const acts: Found[] = commands
    .filter((c) => c.label.toLowerCase().includes(wanted.toLowerCase()))
    .map((c) => ({ id: `do:${c.id}`, label: c.label, keys: c.keys?.[0], run: () => void runCommand(c.id) }));
  const sections: Array<[string, Found[]]> = [
    [m.app_compounds(), places],
    [m.app_cases(), cases],
    [m.app_palette_acts(), acts],
  ];
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
        <Menu aria-label={m.app_palette_found()} className={style.list} onAction={(key) => choose(String(key))} renderEmptyState={() => <p className={style.none}>{m.kit_nothing_found()}</p>}>
          {sections
            .filter(([, found]) => found.length > 0)
            .map(([name, found]) => (
              <MenuSection key={name} id={name} className={style.section}>
                <Header className={style.header}>{name}</Header>
                {found.map((f) => (
                  <MenuItem key={f.id} id={f.id} textValue={f.label} className={menu.item}>
                    {f.icon}
                    <span className={menu.text}>{f.label}</span>
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

function usePlaces(text: string): Found[] {
  const navigate = useNavigate();
  const { data } = useRead("compound.list", { text }, { enabled: text !== "", keep: true });
  if (text === "") return [];
  return (data?.rows ?? []).slice(0, FOUND_MAX).map((c) => ({
    id: `compound:${c.id}`,
    label: c.name,
    detail: c.address,
    icon: <Building2 aria-hidden="true" />,
    run: () => void navigate({ to: "/compounds/$id", params: { id: c.id } }),
  }));
}

function useCases(text: string): Found[] {
  const navigate = useNavigate();
  const { data } = useRead("case.page", { status: [], compound_id: null, category: null, text, bucket: null, mine: false, duty: null, offset: 0, limit: FOUND_MAX }, { enabled: text !== "", keep: true });
  if (text === "") return [];
  return (data?.rows ?? []).map((c) => ({
    id: `case:${c.id}`,
    label: `${c.no} ${say(c.type_label)}`,
    detail: `${c.compound} ${c.building} ${c.room}`,
    icon: <FileText aria-hidden="true" />,
    run: () => void navigate({ to: "/cases/$id", params: { id: c.id } }),
  }));
}
