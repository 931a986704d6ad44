import { useState } from "react";
import type { FieldValue } from "../ipc/api.gen";
import { FieldForm } from "./FieldForm";
import { FIELDS } from "./fixture";

export const title = "Form of a case type";

export function Demo() {
  const [values, setValues] = useState<Record<string, FieldValue>>({ structure: "glass", area_m2: "12.50", affects: ["light"], floors: 99 });
  return (
    <FieldForm
      fields={FIELDS}
      values={values}
      visible={FIELDS.map((f) => f.key)}
      problems={[
        { field: "floors", code: "out_of_range", params: { min: "1", max: "30" } },
        { field: "use", code: "required", params: {} },
      ]}
      computed={{ per_person_m2: "4.80" }}
      tried
      onChange={setValues}
    />
  );
}
