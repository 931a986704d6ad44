import { Link } from "@tanstack/react-router";
import { FileText, Image } from "lucide-react";
import { m } from "../../i18n";
import { ago, bytesText } from "../../i18n/format";
import type { SyncItem } from "../../ipc";
import { Chip } from "../../kit";
import { itemLook, itemTitle, sentPercent } from "./itemWords";
import style from "./Sync.module.css";

export function SyncItemRow({ item }: { item: SyncItem }) {
  const look = itemLook(item);
  const Icon = item.kind === "photo" ? Image : FileText;
  return (
    <li className={style.item}>
      <Icon aria-hidden="true" className={style.icon} />
      <div className={style.words}>
        <div className={style.title}>
          <span>{itemTitle(item)}</span>
          {item.case_id && (
            <Link to="/cases/$id" params={{ id: item.case_id }} search={{}} className={style.case}>
              {item.case_no ?? m.sync_case()}
            </Link>
          )}
        </div>
        <div className={style.small}>
          {item.kind === "photo" && <span>{bytesText(item.bytes)}</span>}
          <span>{ago(item.since_ms)}</span>
          {item.receipt && <span>{m.sync_receipt({ receipt: item.receipt })}</span>}
        </div>
        {look.cure && <p className={style.cure}>{look.cure}</p>}
      </div>
      <div className={style.state}>
        {item.state === "sending" && item.kind === "photo" && <progress className={style.progress} value={sentPercent(item)} max={100} aria-label={m.sync_item_original({ percent: sentPercent(item) })} />}
        <Chip tone={look.tone} sign={look.sign}>
          {look.text}
        </Chip>
      </div>
    </li>
  );
}
