/** After saving: calm. What is safe, under which number, and what comes next. */
import { CircleCheck } from "lucide-react";
import { Page } from "../../app/Page";
import { useCommands } from "../../command";
import { m } from "../../i18n";
import type { Recorded } from "../../ipc";
import { Button } from "../../kit";
import css from "./Capture.module.css";
import { useWhere } from "./where";

type Props = { recorded: Recorded; onAgain: () => void; onOpenCase: (id: string) => void; onLeave: () => void };

export function RecordedPanel({ recorded, onAgain, onOpenCase, onLeave }: Props) {
  const where = useWhere();
  useCommands([
    { id: "capture.again", scope: "form", keys: ["Mod+Shift+Enter"], label: m.capture_again(), run: onAgain },
    { id: "capture.leave", scope: "form", keys: ["Escape"], label: m.capture_to_today(), run: onLeave },
  ]);
  return (
    <Page title={m.capture_title()}>
      <div className={css.recorded} role="status" data-testid="capture-recorded">
        <CircleCheck aria-hidden="true" size={48} strokeWidth={1.75} />
        <h2>{where.recorded()}</h2>
        <p className={css.number} data-testid="capture-number">
          {recorded.case_no}
        </p>
        <ul className={css.next}>
          <li>{where.recordedHere(recorded.saved_ms)}</li>
          {where.next().map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <div className={css.answers}>
          <Button tone="primary" keys="Mod+Shift+Enter" autoFocus onPress={onAgain}>
            {m.capture_again()}
          </Button>
          <Button onPress={() => onOpenCase(recorded.case_id)}>{m.capture_open_case()}</Button>
          <Button keys="Escape" onPress={onLeave}>
            {m.capture_to_today()}
          </Button>
        </div>
      </div>
    </Page>
  );
}
