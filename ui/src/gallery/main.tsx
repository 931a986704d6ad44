/** `/gallery.html`: every component, and with `?screen=/today` a whole screen over made-up data. Not part of the product's page. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../style/tokens.css";
import "../style/base.css";
import { FIRST_LOOK } from "../app/lookStore";
import { applyLook } from "../app/look";
import { Gallery } from "./Gallery";
import { Screen } from "./Screen";

const wanted = new URLSearchParams(window.location.search);
const look = { ...FIRST_LOOK, language: wanted.get("lang") ?? "zh-Hans", theme: wanted.get("theme") ?? "light", text_scale: Number(wanted.get("scale") ?? "100") };
applyLook(look);
const screen = wanted.get("screen");
const place = document.getElementById("root");
if (place) {
  createRoot(place).render(<StrictMode>{screen === null ? <Gallery only={wanted.get("only")} /> : <Screen path={screen} look={look} role={wanted.get("role") ?? "R-INS"} />}</StrictMode>);
}
