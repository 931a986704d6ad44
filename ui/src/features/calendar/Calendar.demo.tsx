import { Seen } from "./ImportCard";
import { YearGrid } from "./YearGrid";
import { MONTHS, PREVIEW } from "./fixture";

export const title = "Public holidays";

export function Demo() {
  return (
    <>
      <YearGrid months={MONTHS.slice(1, 2)} />
      <Seen seen={PREVIEW} />
    </>
  );
}
