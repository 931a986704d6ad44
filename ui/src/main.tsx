import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./style/tokens.css";
import "./style/base.css";
import { Root } from "./app/Root";
import { applyLook, rememberedLook } from "./app/look";
import { pickTransport } from "./ipc";

applyLook(rememberedLook());
const place = document.getElementById("root");
if (place) {
  const transport = await pickTransport();
  createRoot(place).render(
    <StrictMode>
      <Root transport={transport} />
    </StrictMode>,
  );
}
