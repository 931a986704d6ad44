import { clockSeconds } from "../../i18n/format";

/** `09:05`: to the minute is enough for a stop. */
export const clockMinutes = (ms: number): string => clockSeconds(ms).slice(0, 5);
