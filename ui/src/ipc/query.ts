import { QueryClient, type UseQueryOptions, keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ApiError } from "./api.gen";
import { useTransport } from "./provide";
import { isStale } from "./topics";
import { type Args, type Change, type CommandName, type Out, asApiError } from "./transport";

export const queryClient = new QueryClient({
  defaultOptions: {
    // A read is local or on the next desk: no network pause, no retry, no age. `changed` says when to read again.
    queries: { networkMode: "always", staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
    mutations: { networkMode: "always", retry: false },
  },
});

export function readKey<K extends CommandName>(name: K, args: Args<K>): readonly [K, Args<K>] {
  return [name, args] as const;
}

type ReadOptions = {
  enabled?: boolean;
  /** Keep showing the former answer while another is read (filters, paging). */
  keep?: boolean;
  /** Never show what was read when the screen was last open: for what is typed into, and kept beside the answer. */
  fresh?: boolean;
  /** Read again on a timer, where nothing announces the change. */
  refetchInterval?: UseQueryOptions["refetchInterval"] & number;
};

/** `const { data, error, isPending } = useRead("case.get", { id })`; `error` is an `ApiError`. */
export function useRead<K extends CommandName>(name: K, args: Args<K>, options: ReadOptions = {}) {
  const transport = useTransport();
  const { keep, fresh, ...rest } = options;
  return useQuery<Out<K>, ApiError>({
    queryKey: readKey(name, args),
    queryFn: () =>
      transport.call(name, args).catch((thrown: unknown) => {
        throw asApiError(thrown);
      }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(fresh ? { gcTime: 0 } : {}),
    ...rest,
  });
}

/** Writes made while somebody types: only the `changed` event decides what is read again after them. */
const QUIET: ReadonlySet<CommandName> = new Set<CommandName>(["draft.save", "photo.want"]);

/** `const act = useWrite("case.act"); act.mutate(args)`. What is on screen is read again after it. */
export function useWrite<K extends CommandName>(name: K) {
  const transport = useTransport();
  const client = useQueryClient();
  return useMutation<Out<K>, ApiError, Args<K>>({
    mutationKey: [name],
    mutationFn: (args) =>
      transport.call(name, args).catch((thrown: unknown) => {
        throw asApiError(thrown);
      }),
    onSuccess: () => {
      if (QUIET.has(name)) return;
      void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "catalogue.get" });
    },
  });
}

/** Wire to `transport.onChange`. */
export function invalidateOn(client: QueryClient, change: Change): void {
  void client.invalidateQueries({
    predicate: (q) => q.queryKey[0] === "app.state" || isStale(q.queryKey[0] as CommandName, change),
  });
}
