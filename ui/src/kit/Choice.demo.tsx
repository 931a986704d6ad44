import { Building, Flame, House, Users } from "lucide-react";
import { useState } from "react";
import { w } from "../gallery/words";
import { CheckBox, CheckGroup, RadioRow } from "./Check";
import { Tiles } from "./Tiles";

export const title = "Tiles and checks";

export function Demo() {
  const [type, setType] = useState<string | null>("WJ");
  const [known, setKnown] = useState<string | null>("unknown");
  const [affects, setAffects] = useState<string[]>(["fire"]);
  const [told, setTold] = useState(true);
  return (
    <>
      <Tiles
        label={w("什么问题", "什麼問題", "What is wrong")}
        value={type}
        onChange={setType}
        options={[
          { value: "WJ", label: w("违法搭建", "違法搭建", "Illegal building"), icon: <Building aria-hidden="true" /> },
          { value: "QZ", label: w("群租", "群租", "Overcrowding"), icon: <Users aria-hidden="true" />, hint: w("隔间、床位", "隔間、床位", "Partitions, beds") },
          { value: "JG", label: w("居改非", "居改非", "Business use"), icon: <House aria-hidden="true" /> },
          { value: "XF", label: w("堵通道", "堵通道", "Blocked way"), icon: <Flame aria-hidden="true" />, isDisabled: true },
        ]}
      />
      <RadioRow
        label={w("业主已查明", "業主已查明", "Owner known")}
        value={known}
        onChange={setKnown}
        options={[
          { value: "yes", label: w("是", "是", "Yes") },
          { value: "no", label: w("否", "否", "No") },
          { value: "unknown", label: w("不清楚", "不清楚", "Not known") },
        ]}
      />
      <CheckGroup
        label={w("影响", "影響", "Affects")}
        value={affects}
        onChange={setAffects}
        options={[
          { value: "fire", label: w("消防", "消防", "Fire safety") },
          { value: "light", label: w("采光", "採光", "Daylight") },
          { value: "drain", label: w("排水", "排水", "Drainage") },
        ]}
      />
      <CheckBox isSelected={told} onChange={setTold}>
        {w("已当场劝阻", "已當場勸阻", "Told to stop on the spot")}
      </CheckBox>
    </>
  );
}
