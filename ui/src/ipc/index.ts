/**
 * The one door to the rest of Xunju. Reads go through `useRead`, writes through `useWrite`; errors are `ApiError`.
 * TanStack Query only keeps what was read: the truth is in Rust, and its `changed` event says what to read again.
 */
export * from "./api.gen";
export { ApiFailure, asApiError, failure } from "./transport";
export type { Args, Change, CommandName, Out, PhotoMeta, Transport } from "./transport";
export { TransportProvider, pickTransport, useTransport } from "./provide";
export { useRead, useWrite, queryClient, readKey } from "./query";
