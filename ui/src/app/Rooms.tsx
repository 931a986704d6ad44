import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { makeRouter } from "./router";

/** Everything behind the sign-in. */
export default function Rooms() {
  const [router] = useState(() => makeRouter());
  return <RouterProvider router={router} />;
}
