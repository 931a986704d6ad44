import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `--mode gallery` builds the page of all components beside the product: its made-up data never ships.
export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    { ...optimizeLocales.vite({ locales: ["zh-CN", "zh-TW", "en-US"] }), enforce: "pre" },
  ],
  build: {
    outDir: mode === "gallery" ? "test-results/gallery" : "dist",
    // Chinese enterprise browsers stand on Chromium 109; WebKitGTK 2.50 is close to Safari 26.
    target: ["safari17", "chrome109"],
    cssTarget: ["safari17", "chrome109"],
    cssMinify: "lightningcss",
    // The preload polyfill would be an inline script, which the content policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: mode === "gallery" ? "gallery.html" : "index.html" },
  },
  css: { modules: { localsConvention: "camelCase" } },
  server: { port: 5173, strictPort: true },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node" },
}));
