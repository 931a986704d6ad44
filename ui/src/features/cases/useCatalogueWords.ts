import { say } from "../../i18n";
import { useRead } from "../../ipc";

/** Words of the catalogue by code; the code itself until the catalogue is here. */
export function useCatalogueWords() {
  const { data } = useRead("catalogue.get", {});
  return {
    catalogue: data,
    state: (code: string): string => {
      const label = data?.states[code];
      return label ? say(label) : code;
    },
    category: (code: string): string => {
      const found = data?.categories.find((c) => c.code === code);
      return found ? say(found.label) : code;
    },
  };
}
