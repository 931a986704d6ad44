/** One particular of a step, chosen from the town's own lists or typed. */
import { DateInput } from "../../form/DateInput";
import { say } from "../../i18n";
import type { ParamView } from "../../ipc";
import { CheckGroup, ComboBox, Select, TextArea, TextField } from "../../kit";
import { paramWords } from "./words";

/** Beyond this many a list is searched, not scrolled. */
const SELECT_MAX = 15;

type Props = { param: ParamView; value: string; /** Not offered: chosen elsewhere in the form. */ without: string | undefined; onChange: (value: string) => void };

export function ParamInput({ param, value, without, onChange }: Props) {
  const label = paramWords(param.name);
  const options = param.choices.filter((c) => c.value !== without).map((c) => ({ value: c.value, label: say(c.label) }));
  switch (param.name) {
    case "assisting":
      return <CheckGroup label={label} options={options} value={value.split(",").filter((v) => v !== "" && v !== without)} onChange={(all) => onChange(all.join(","))} />;
    case "instruction":
    case "handover":
    case "lack":
      return <TextArea label={label} required={param.required} value={value} onChange={onChange} />;
    case "expected_end":
      return <DateInput label={label} required={param.required} value={value} onChange={onChange} />;
    case "conference":
    case "document":
    case "receiver":
      return <TextField label={label} required={param.required} value={value} onChange={onChange} />;
    default:
      return options.length <= SELECT_MAX ? (
        <Select label={label} required={param.required} options={options} value={value || null} onChange={onChange} />
      ) : (
        <ComboBox label={label} required={param.required} options={options} value={value || null} onChange={(v) => onChange(v ?? "")} />
      );
  }
}
