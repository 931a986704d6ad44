import { m } from "../../i18n";

export const CATEGORY_WORDS: Record<string, () => string> = {
  commodity: m.base_category_commodity,
  former_public: m.base_category_former_public,
  resettlement: m.base_category_resettlement,
  affordable: m.base_category_affordable,
  mixed: m.base_category_mixed,
  villa: m.base_category_villa,
  other: m.base_category_other,
};
export const PRIORITY_WORDS: Record<string, () => string> = { key: m.base_priority_key, normal: m.base_priority_normal };
