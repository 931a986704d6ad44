import { CompanyForm } from "./CompanyForm";
import { COMPANY } from "./fixture";

export const title = "Company form";

const nothing = () => {};

/** Whatever is saved here has a wrong check digit: the field says so. */
export function Demo() {
  return <CompanyForm company={COMPANY} onSaved={nothing} onCancel={nothing} />;
}
