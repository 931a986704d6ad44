import { m } from "../../i18n";

const STATUS: Record<string, () => string> = { PLANNED: m.round_planned, WALKING: m.round_walking, ENDED: m.round_ended, DROPPED: m.round_dropped };
const OUTCOME: Record<string, () => string> = { none: m.round_visit_none, nobody: m.round_visit_nobody, refused: m.round_visit_refused, entered: m.round_visit_entered };

export const statusWords = (status: string): string => (STATUS[status] ?? (() => status))();
export const outcomeWords = (outcome: string): string => (OUTCOME[outcome] ?? (() => outcome))();
