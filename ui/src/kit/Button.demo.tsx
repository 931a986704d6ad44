import { Camera, Plus, Trash2 } from "lucide-react";
import style from "../gallery/Gallery.module.css";
import { w } from "../gallery/words";
import { Button, IconButton, LinkButton } from "./Button";

export const title = "Button";

export function Demo() {
  return (
    <>
      <div className={style.row}>
        <Button tone="primary" icon={<Plus aria-hidden="true" />} keys="N">
          {w("新建案件", "新建案件", "New case")}
        </Button>
        <Button tone="primary" keys="Mod+Enter">
          {w("保存到本机", "保存到本機", "Save here")}
        </Button>
        <Button>{w("不是同一处", "不是同一處", "Not the same place")}</Button>
        <Button tone="quiet">{w("清除筛选", "清除篩選", "Clear filters")}</Button>
        <Button tone="danger" icon={<Trash2 aria-hidden="true" />}>
          {w("丢掉草稿", "丟掉草稿", "Discard draft")}
        </Button>
        <Button isDisabled>{w("还不能保存", "還不能保存", "Cannot save yet")}</Button>
      </div>
      <div className={style.row}>
        <Button dense>{w("办公密排", "辦公密排", "Office dense")}</Button>
        <IconButton label={w("拍照", "拍照", "Take photo")} icon={<Camera aria-hidden="true" />} keys="Space" />
        <IconButton tone="plain" label={w("拍照", "拍照", "Take photo")} icon={<Camera aria-hidden="true" />} />
        <LinkButton>{w("怎么算的？", "怎麼算的？", "How is this counted?")}</LinkButton>
      </div>
    </>
  );
}
