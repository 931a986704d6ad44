import { useState } from "react";
import style from "../gallery/Gallery.module.css";
import { manyCases } from "../gallery/sample";
import { w } from "../gallery/words";
import { say } from "../i18n";
import type { CaseCard } from "../ipc";
import { DeadlineText } from "./Deadline";
import { VirtualGrid } from "./VirtualGrid";

export const title = "Virtual grid";

const ROWS = manyCases(100_000);

export function Demo() {
  const [active, setActive] = useState(0);
  return (
    <div className={style.tall}>
      <VirtualGrid<CaseCard>
        label={w("案件", "案件", "Cases")}
        columns={[
          { id: "no", header: w("编号", "編號", "Number"), width: "9rem", cell: (c) => c.no },
          { id: "type", header: w("类型", "類型", "Type"), width: "minmax(0, 1fr)", cell: (c) => say(c.type_label) },
          { id: "due", header: w("期限", "期限", "Deadline"), width: "14rem", cell: (c) => <DeadlineText {...c} /> },
        ]}
        rowCount={ROWS.length}
        getRow={(i) => ROWS[i]}
        rowKey={(c) => c.id}
        active={active}
        onActive={setActive}
        onOpen={() => {}}
      />
    </div>
  );
}
