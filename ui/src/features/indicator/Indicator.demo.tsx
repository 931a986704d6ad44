import { useState } from "react";
import { InRouter } from "../../gallery/InRouter";
import { sampleAnswers } from "../../gallery/sample";
import { TransportProvider } from "../../ipc";
import { workTransport } from "../capture/fixture";
import { officeAnswers } from "../office/fixture";
import { Report } from "./Report";

export const title = "Indicators of a month";

const transport = workTransport({ ...sampleAnswers(), ...officeAnswers() });

export function Demo() {
  return (
    <TransportProvider transport={transport}>
      <InRouter>
        <Month />
      </InRouter>
    </TransportProvider>
  );
}

function Month() {
  const [list, setList] = useState<string>();
  return <Report from="2026-06-01" to="2026-06-30" list={list} onList={setList} />;
}
