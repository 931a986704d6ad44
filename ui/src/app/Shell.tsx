import { Link, Outlet, useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { CircleUser, LogOut, Search, Settings } from "lucide-react";
import { Suspense, lazy, useState } from "react";
import { type Command, useCommandList, useCommands } from "../command";
import { m } from "../i18n";
import { useRead, useTransport } from "../ipc";
import { Kbd, LinkButton, Menu, undoLast } from "../kit";
import { Button } from "../kit/Button";
import { ErrorEdge } from "./ErrorEdge";
import { SyncChip } from "./SyncChip";
import { ThemeButton, useCycleTheme } from "./ThemeButton";
import { mayRecord, roomsFor } from "./rail";
import { useDoor, useReadyState } from "./session";
import style from "./Shell.module.css";

const Palette = lazy(() => import("./Palette"));
const CheatSheet = lazy(() => import("./CheatSheet"));

/** Top bar, left rail, the screen, and the keys of the screen at the foot. */
export function Shell() {
  const state = useReadyState();
  const roles = state.user?.roles ?? [];
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useShellCommands(roles, setOpen);
  return (
    <div className={style.shell}>
      <div className={style.frame}>
        <a className={style.skip} href="#main" onClick={(event) => skipTo(event)}>
          {m.app_skip()}
        </a>
        <header className={style.bar}>
          <span className={style.brand}>{m.app_name()}</span>
          <button type="button" className={style.search} onClick={() => setOpen("palette")}>
            <Search aria-hidden="true" />
            <span className={style.searchText}>{m.app_search()}</span>
            <Kbd keys="Mod+K" />
          </button>
          <SyncChip />
          <ThemeButton />
          <UserMenu />
        </header>
        <Rail roles={roles} />
        <main id="main" tabIndex={-1} className={style.main}>
          <ErrorEdge>
            <Outlet />
          </ErrorEdge>
        </main>
        <Hints onAll={() => setOpen("keys")} />
      </div>
      <Suspense fallback={null}>
        {open === "palette" && <Palette onClose={() => setOpen(null)} />}
        {open === "keys" && <CheatSheet onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

function skipTo(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function useShellCommands(roles: readonly string[], setOpen: (what: "palette" | "keys") => void): void {
  const navigate = useNavigate();
  const router = useRouter();
  // On the review desk a slip of the finger must not lead away from the queue.
  const deciding = useLocation({ select: (l) => l.pathname === "/review" });
  const { cycle } = useCycleTheme();
  const group = m.app_group_everywhere();
  const jumps: Command[] = roomsFor(roles).map((room) => ({ id: `go${room.to}`, label: m.app_go_to({ place: room.label() }), keys: room.to === "/settings" ? ["Mod+,", room.jump] : [room.jump], scope: "global", group, run: () => void navigate({ to: room.to }) }));
  useCommands([
    { id: "palette", label: m.app_search_anywhere(), keys: ["Mod+K"], scope: "global", group, hidden: true, inFields: true, run: () => setOpen("palette") },
    { id: "keys", label: m.app_all_keys(), keys: ["?"], scope: "global", group, run: () => setOpen("keys") },
    { id: "case.new", label: m.app_new_case(), keys: ["n"], scope: "global", group, when: mayRecord(roles) && !deciding, run: () => void navigate({ to: "/new", search: {} }) },
    { id: "theme", label: m.app_cycle_theme(), keys: ["F8"], scope: "global", group, inFields: true, run: cycle },
    { id: "undo", label: m.kit_undo(), keys: ["Mod+Z"], scope: "global", group, run: () => void undoLast() },
    { id: "back", label: m.app_back(), keys: ["Alt+ArrowLeft"], scope: "global", group, hidden: true, run: () => router.history.back() },
    ...jumps,
  ]);
}

function Rail({ roles }: { roles: readonly string[] }) {
  const sync = useRead("sync.status", {});
  const pending = sync.data ? sync.data.pending_events + sync.data.pending_photos : 0;
  return (
    <nav aria-label={m.app_rail()} className={style.rail}>
      {roomsFor(roles).map(({ to, label, Icon }) => (
        <Link key={to} to={to} className={style.room} activeProps={{ "aria-current": "page" }} activeOptions={{ includeSearch: false }}>
          <Icon aria-hidden="true" />
          <span className={style.roomText}>{label()}</span>
          {to === "/sync" && pending > 0 && <span className={style.count}>{pending}</span>}
        </Link>
      ))}
    </nav>
  );
}

function UserMenu() {
  const { user, host, town } = useReadyState();
  const navigate = useNavigate();
  const transport = useTransport();
  const { go } = useDoor(transport.logout);
  const name = user?.name ?? m.app_nobody();
  return (
    <Menu
      label={m.app_user_menu({ name })}
      trigger={
        <Button id="user-menu" tone="quiet" icon={<CircleUser aria-hidden="true" />} className={style.user} aria-label={town ? `${name} · ${town}` : name}>
          <span className={style.userText}>{name}</span>
        </Button>
      }
      items={[
        { id: "settings", label: m.app_settings(), icon: <Settings aria-hidden="true" />, onAction: () => void navigate({ to: "/settings" }) },
        ...(host === "web" ? [{ id: "logout", label: m.app_sign_out(), icon: <LogOut aria-hidden="true" />, onAction: () => void go() }] : []),
      ]}
    />
  );
}

const HINTS_MAX = 7;

/** The keys of the screen, in sight. */
function Hints({ onAll }: { onAll: () => void }) {
  const commands = useCommandList().filter((c) => c.scope !== "global" && c.scope !== "dialog" && c.keys?.[0] !== undefined).sort((a, b) => Number(a.hidden ?? false) - Number(b.hidden ?? false));
  return (
    <footer className={style.hints}>
      {commands.slice(0, HINTS_MAX).map((c) => (
        <span key={c.id} className={style.hint}>
          <Kbd keys={c.keys?.[0] ?? ""} /> {c.label}
        </span>
      ))}
      <LinkButton className={style.allKeys} onPress={onAll}>
        <Kbd keys="?" /> {m.app_all_keys()}
      </LinkButton>
    </footer>
  );
}
