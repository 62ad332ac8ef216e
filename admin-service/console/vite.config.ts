/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const gateway = process.env.FRAMEWRIGHT_GATEWAY_URL ?? "http://127.0.0.1:8080";
const passedOn = { target: gateway, changeOrigin: false };

export default defineConfig({
  base: "/console/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 700,
    // One chunk for all icons: each is a few hundred bytes, and would be a request of its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "icons", test: /@tabler[\\/]icons-react/ }] } } },
  },
  server: { proxy: { "/api": passedOn, "/ws": { ...passedOn, ws: true }, "/health": passedOn } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/shared/testing/setup.ts"],
    css: false,
    testTimeout: 30_000,
    pool: "threads",
    maxWorkers: 2,
  },
});
