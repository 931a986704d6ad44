import { useState } from "react";
import style from "../gallery/Gallery.module.css";
import { w } from "../gallery/words";
import { ComboBox } from "./ComboBox";
import { NumberField } from "./NumberField";
import { Select } from "./Select";
import { TextArea, TextField } from "./TextField";

export const title = "Fields";

const COMPOUNDS = () => [
  { value: "dhhy", label: w("东湖花园", "東湖花園", "East Lake Garden"), description: w("东湖路 88 弄", "東湖路 88 弄", "88 East Lake Lane"), search: "dhhy" },
  { value: "mzy", label: w("明珠苑", "明珠苑", "Pearl Court"), description: w("明珠路 120 弄", "明珠路 120 弄", "120 Pearl Lane"), search: "mzy" },
  { value: "ygl", label: w("阳光里", "陽光里", "Sunshine Row"), search: "ygl" },
];

export function Demo() {
  const [text, setText] = useState("");
  const [note, setNote] = useState(w("房东不配合，物业在场。", "房東不配合，物業在場。", "Landlord refuses; the property company is present."));
  const [area, setArea] = useState("12.5");
  const [compound, setCompound] = useState<string | null>("dhhy");
  const [building, setBuilding] = useState<string | null>("8");
  const [severity, setSeverity] = useState<string | null>(null);
  return (
    <div className={style.columns}>
      <TextField label={w("室", "室", "Room")} hint={w("例如 601", "例如 601", "For example 601")} value={text} onChange={setText} required />
      <TextField label={w("位置", "位置", "Place")} value={text} onChange={setText} error={w("请写明位置", "請寫明位置", "Say where it is")} />
      <NumberField label={w("面积", "面積", "Area")} value={area} onChange={setArea} unit="m²" scale={2} />
      <Select
        label={w("严重程度", "嚴重程度", "Severity")}
        options={[
          { value: "general", label: w("一般", "一般", "General") },
          { value: "serious", label: w("较重", "較重", "Serious") },
          { value: "urgent", label: w("紧急", "緊急", "Urgent") },
        ]}
        value={severity}
        onChange={setSeverity}
      />
      <ComboBox label={w("小区", "小區", "Compound")} hint={w("可输拼音首字母 dhhy", "可輸拼音首字母 dhhy", "Initials such as dhhy work")} options={COMPOUNDS()} value={compound} onChange={setCompound} />
      <ComboBox
        label={w("楼", "樓", "Building")}
        options={["7", "8", "9"].map((n) => ({ value: n, label: w(`${n} 号楼`, `${n} 號樓`, `Building ${n}`) }))}
        value={building}
        onChange={setBuilding}
        allowsOther
      />
      <TextArea label={w("说明", "說明", "Note")} value={note} onChange={setNote} />
      <TextField label={w("服务器", "伺服器", "Server")} value="https://xunju.example" onChange={() => {}} isDisabled />
    </div>
  );
}
