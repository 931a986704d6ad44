/** Words for what makes two cases look like one. */
import { m } from "../../i18n";

const WHY: Record<string, () => string> = { door: m.office_why_door, near: m.office_why_near, photo: m.office_why_photo };

export function whyWords(why: string): string {
  return WHY[why]?.() ?? why;
}
