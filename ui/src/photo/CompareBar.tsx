/** How two photos are compared, and the way from one pair to the next. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { m } from "../i18n";
import { IconButton } from "../kit/Button";
import { Kbd } from "../kit/Kbd";
import { Toggle } from "../kit/Toggle";
import css from "./CompareBar.module.css";
import { type Compare, MODES } from "./useCompare";
import { modeWords } from "./words";

export function CompareBar({ compare, dense, onPair }: { compare: Compare; dense: boolean; onPair: (by: 1 | -1) => void }) {
  return (
    <div className={css.bar} role="group" aria-label={m.photo_compare_how()} data-testid="photo-compare">
      {MODES.map((mode) => (
        <Toggle key={mode} dense={dense} on={compare.mode === mode} onPress={() => compare.setMode(mode)}>
          {modeWords(mode)}
        </Toggle>
      ))}
      <Kbd keys="V" />
      {compare.pairs > 1 && (
        <>
          <IconButton dense={dense} label={m.photo_pair_previous()} keys="[" onPress={() => onPair(-1)} icon={<ChevronLeft aria-hidden="true" />} />
          <IconButton dense={dense} label={m.photo_pair_next()} keys="]" onPress={() => onPair(1)} icon={<ChevronRight aria-hidden="true" />} />
        </>
      )}
    </div>
  );
}
