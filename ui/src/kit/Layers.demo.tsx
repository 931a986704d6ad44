import { Ellipsis } from "lucide-react";
import { useState } from "react";
import style from "../gallery/Gallery.module.css";
import { w } from "../gallery/words";
import { Button, IconButton } from "./Button";
import { ConfirmDialog, Dialog } from "./Dialog";
import { Menu } from "./Menu";
import { Tabs } from "./Tabs";
import { toast } from "./toasts";

export const title = "Layers";

export function Demo() {
  const [open, setOpen] = useState<"dialog" | "confirm" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <div className={style.row}>
        <Button onPress={() => setOpen("dialog")} id="demo-dialog">
          {w("打开窗口", "打開視窗", "Open dialog")}
        </Button>
        <Button onPress={() => setOpen("confirm")} id="demo-confirm">
          {w("立案", "立案", "File the case")}
        </Button>
        <Menu
          label={w("更多", "更多", "More")}
          trigger={<IconButton label={w("更多", "更多", "More")} icon={<Ellipsis aria-hidden="true" />} id="demo-menu" />}
          items={[
            { id: "print", label: w("打印文书", "列印文書", "Print"), keys: "P", onAction: () => {} },
            { id: "move", label: w("移交", "移交", "Hand over"), onAction: () => {}, isDisabled: true },
          ]}
        />
        <Button onPress={() => toast(w("AJ-2026-1106 通过", "AJ-2026-1106 通過", "AJ-2026-1106 approved"), { tone: "done", undo: () => {}, seconds: 30 })} id="demo-toast">
          {w("可撤销的事", "可撤銷的事", "Something to undo")}
        </Button>
      </div>
      <Tabs
        label={w("照片", "照片", "Photos")}
        tabs={[
          { id: "before", label: w("整改前", "整改前", "Before"), badge: 4, content: <p>{w("四张照片", "四張照片", "Four photos")}</p> },
          { id: "after", label: w("整改后", "整改後", "After"), badge: 2, content: <p>{w("两张照片", "兩張照片", "Two photos")}</p> },
        ]}
      />
      <Dialog title={w("退回补正", "退回補正", "Return for correction")} isOpen={open === "dialog"} onClose={close} footer={<Button tone="primary" onPress={close}>{w("退回", "退回", "Return it")}</Button>}>
        <p>{w("写明缺什么，巡查员会在今天页看到。", "寫明缺什麼，巡查員會在今天頁看到。", "Say what is missing; the inspector sees it in Today.")}</p>
      </Dialog>
      <ConfirmDialog title={w("立案 AJ-2026-1107？", "立案 AJ-2026-1107？", "File AJ-2026-1107?")} isOpen={open === "confirm"} verb={w("立案", "立案", "File it")} onConfirm={() => {}} onClose={close}>
        <p>{w("立案后开始计算法定期限，只能用新的决定改变。", "立案後開始計算法定期限，只能用新的決定改變。", "Filing starts the legal deadlines; only a new decision can change it.")}</p>
      </ConfirmDialog>
    </>
  );
}
