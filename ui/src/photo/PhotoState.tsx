/** How far one photo has come: shape, word, colour, in that order. Green only after a verified receipt. */
import { CircleAlert, CircleCheck, CircleDashed, CircleDot, Cloud, LoaderCircle, ShieldCheck } from "lucide-react";
import type { PhotoState } from "../ipc/api.gen";
import css from "./PhotoState.module.css";
import { stateWords } from "./words";

const ICONS = { only_here: CircleDashed, thumb_sent: CircleDot, sending: LoaderCircle, verified: CircleCheck, backed_up: ShieldCheck, remote: Cloud, missing: CircleAlert };

type Props = { state: PhotoState; percent: number; iconOnly?: boolean };

export function PhotoStateMark({ state, percent, iconOnly = false }: Props) {
  const Icon = ICONS[state];
  const words = stateWords(state, percent);
  return (
    <span className={css.mark} data-state={state} title={iconOnly ? words : undefined}>
      <Icon aria-hidden="true" size={16} />
      <span className={iconOnly ? css.hidden : undefined}>{words}</span>
    </span>
  );
}
