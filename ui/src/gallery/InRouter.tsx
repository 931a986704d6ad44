import { RouterProvider, createMemoryHistory, createRootRoute, createRouter } from "@tanstack/react-router";
import { useState } from "react";

/** A part with links in it, shown outside the product's own pages: they lead nowhere. */
export function InRouter({ children }: { children: React.ReactNode }) {
  const [router] = useState(() => createRouter({ routeTree: createRootRoute({ component: () => children }), history: createMemoryHistory() }));
  return <RouterProvider router={router as never} />;
}
