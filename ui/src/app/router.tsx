/** Every screen has an address; filters live in it, so that a link can be sent to a colleague. */
import { type RouterHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, stringifySearchWith } from "@tanstack/react-router";
import { type AppStateView, queryClient } from "../ipc";
import { Shell } from "./Shell";
import { homeFor } from "./rail";
import { STATE_KEY } from "./session";
import { MissingScreen, RouteError, RoutePending } from "./RouteStates";

export type CasesSearch = { text?: string; status?: string; category?: string; bucket?: string; compound?: string; mine?: boolean; duty?: string };
export type CaptureSearch = { draft?: string };
export type CaseSearch = { slot?: string };
export type PapersSearch = { template?: string; paper?: string };
export type ReviewSearch = { queue?: string; case?: string };
export type CompoundSearch = { building?: string };
export type DwellingSearch = { building?: string; room?: string };
export type AccessSearch = { user?: string; action?: string; from?: string; to?: string; page?: string };
export type PairSearch = { one?: string; other?: string };
export type IndicatorSearch = { from?: string; to?: string; list?: string };
export type CompoundsSearch = { text?: string };

/** Plain words in the address: `?text=8号` and not `?text="8号"`. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}

function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

const root = createRootRoute({ component: Shell, notFoundComponent: MissingScreen });
const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    const roles = queryClient.getQueryData<AppStateView>(STATE_KEY)?.user?.roles ?? [];
    throw redirect({ to: homeFor(roles), replace: true });
  },
});
const today = createRoute({ getParentRoute: () => root, path: "/today", component: lazyRouteComponent(() => import("../features/today/TodayScreen"), "TodayScreen") });
const cases = createRoute({
  getParentRoute: () => root,
  path: "/cases",
  validateSearch: (s: Record<string, unknown>): CasesSearch => ({
    text: text(s.text),
    status: text(s.status),
    category: text(s.category),
    bucket: text(s.bucket),
    compound: text(s.compound),
    mine: s.mine === true || s.mine === "true" || undefined,
    duty: text(s.duty),
  }),
  component: lazyRouteComponent(() => import("../features/cases/CasesScreen"), "CasesScreen"),
});
const caseOne = createRoute({
  getParentRoute: () => root,
  path: "/cases/$id",
  validateSearch: (s: Record<string, unknown>): CaseSearch => ({ slot: text(s.slot) }),
  component: lazyRouteComponent(() => import("./CasePage"), "CasePage"),
});
const papers = createRoute({
  getParentRoute: () => root,
  path: "/cases/$id/papers",
  validateSearch: (s: Record<string, unknown>): PapersSearch => ({ template: text(s.template), paper: text(s.paper) }),
  component: lazyRouteComponent(() => import("../features/paper/PaperPage"), "PaperPage"),
});
const roundPapers = createRoute({
  getParentRoute: () => root,
  path: "/rounds/$id/papers",
  validateSearch: (s: Record<string, unknown>): PapersSearch => ({ template: text(s.template), paper: text(s.paper) }),
  component: lazyRouteComponent(() => import("../features/paper/PaperPage"), "RoundPaperPage"),
});
const capture = createRoute({
  getParentRoute: () => root,
  path: "/new",
  validateSearch: (s: Record<string, unknown>): CaptureSearch => ({ draft: text(s.draft) }),
  component: lazyRouteComponent(() => import("./CapturePage"), "CapturePage"),
});
const compounds = createRoute({
  getParentRoute: () => root,
  path: "/compounds",
  validateSearch: (s: Record<string, unknown>): CompoundsSearch => ({ text: text(s.text) }),
  component: lazyRouteComponent(() => import("../features/compound/CompoundsScreen"), "CompoundsScreen"),
});
const compound = createRoute({
  getParentRoute: () => root,
  path: "/compounds/$id",
  validateSearch: (s: Record<string, unknown>): CompoundSearch => ({ building: text(s.building) }),
  component: lazyRouteComponent(() => import("../features/compound/CompoundScreen"), "CompoundScreen"),
});
const compoundPlan = createRoute({
  getParentRoute: () => root,
  path: "/compounds/$id/plan",
  component: lazyRouteComponent(() => import("../features/plan/PlanEditScreen"), "PlanEditScreen"),
});
const register = createRoute({
  getParentRoute: () => root,
  path: "/compounds/$id/register",
  component: lazyRouteComponent(() => import("../features/base/RegisterScreen"), "RegisterScreen"),
});
const dwelling = createRoute({
  getParentRoute: () => root,
  path: "/compounds/$id/dwelling",
  validateSearch: (s: Record<string, unknown>): DwellingSearch => ({ building: text(s.building), room: text(s.room) }),
  component: lazyRouteComponent(() => import("../features/base/DossierScreen"), "DossierScreen"),
});
const companies = createRoute({ getParentRoute: () => root, path: "/companies", component: lazyRouteComponent(() => import("../features/base/CompaniesScreen"), "CompaniesScreen") });
const company = createRoute({ getParentRoute: () => root, path: "/companies/$id", component: lazyRouteComponent(() => import("../features/base/CompanyScreen"), "CompanyScreen") });
const rounds = createRoute({ getParentRoute: () => root, path: "/rounds", component: lazyRouteComponent(() => import("../features/round/CoverageScreen"), "CoverageScreen") });
const round = createRoute({ getParentRoute: () => root, path: "/rounds/$id", component: lazyRouteComponent(() => import("../features/round/RoundScreen"), "RoundScreen") });
const review = createRoute({
  getParentRoute: () => root,
  path: "/review",
  validateSearch: (s: Record<string, unknown>): ReviewSearch => ({ queue: text(s.queue), case: text(s.case) }),
  component: lazyRouteComponent(() => import("./ReviewPage"), "ReviewPage"),
});
const proceeding = createRoute({ getParentRoute: () => root, path: "/proceedings/$id", component: lazyRouteComponent(() => import("../features/proceeding/ProceedingPage"), "ProceedingPage") });
const access = createRoute({
  getParentRoute: () => root,
  path: "/access",
  validateSearch: (s: Record<string, unknown>): AccessSearch => ({ user: text(s.user), action: text(s.action), from: text(s.from), to: text(s.to), page: text(s.page) }),
  component: lazyRouteComponent(() => import("../features/access/AccessScreen"), "AccessScreen"),
});
const ledgers = createRoute({ getParentRoute: () => root, path: "/ledgers", component: lazyRouteComponent(() => import("../features/ledger/LedgersScreen"), "LedgersScreen") });
const missing = createRoute({ getParentRoute: () => root, path: "/missing", component: lazyRouteComponent(() => import("../features/missing/MissingScreen"), "MissingScreen") });
const pairs = createRoute({
  getParentRoute: () => root,
  path: "/pairs",
  validateSearch: (s: Record<string, unknown>): PairSearch => ({ one: text(s.one), other: text(s.other) }),
  component: lazyRouteComponent(() => import("../features/office/PairsScreen"), "PairsScreen"),
});
const indicators = createRoute({
  getParentRoute: () => root,
  path: "/indicators",
  validateSearch: (s: Record<string, unknown>): IndicatorSearch => ({ from: text(s.from), to: text(s.to), list: text(s.list) }),
  component: lazyRouteComponent(() => import("../features/indicator/IndicatorScreen"), "IndicatorScreen"),
});
const sync = createRoute({ getParentRoute: () => root, path: "/sync", component: lazyRouteComponent(() => import("../features/sync/SyncScreen"), "SyncScreen") });
const settings = createRoute({ getParentRoute: () => root, path: "/settings", component: lazyRouteComponent(() => import("../features/settings/SettingsScreen"), "SettingsScreen") });
const calendar = createRoute({ getParentRoute: () => root, path: "/calendar", component: lazyRouteComponent(() => import("../features/calendar/CalendarScreen"), "CalendarScreen") });

const routeTree = root.addChildren([index, today, cases, caseOne, papers, roundPapers, capture, compounds, compound, compoundPlan, rounds, round, review, sync, settings, calendar, register, dwelling, companies, company, proceeding, access, ledgers, missing, pairs, indicators]);

/** The window's own history, unless another is given (the gallery shows screens beside each other). */
export function makeRouter(history?: RouterHistory) {
  return createRouter({
    ...(history ? { history } : {}),
    routeTree,
    defaultPreload: "intent",
    defaultPendingMs: 200,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    scrollRestoration: true,
    parseSearch,
    stringifySearch: stringifySearchWith((value) => String(value)),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
