/** Keeping marks on the photos of one case, for whoever may; the others see them. */
import { useWrite } from "../ipc";
import type { OnMark, OnUnmark } from "./useMarks";

export function useMarking(case_id: string, allowed: boolean): { onMark?: OnMark; onUnmark?: OnUnmark } {
  const mark = useWrite("photo.mark");
  const unmark = useWrite("photo.unmark");
  if (!allowed) return {};
  return {
    onMark: async (hash, drawn) => {
      await mark.mutateAsync({ case_id, hash, ...drawn });
    },
    onUnmark: async (_, id) => {
      await unmark.mutateAsync({ case_id, mark: id });
    },
  };
}
