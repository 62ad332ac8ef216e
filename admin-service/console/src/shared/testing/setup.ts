/** What jsdom lacks and the component kit asks for. */

import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
// Chunks are loaded when first needed, and a busy machine takes its time over them.
configure({ asyncUtilTimeout: 10_000 });

const width = 1280;
globalThis.matchMedia = (query: string): MediaQueryList => {
  const min = /min-width:\s*([\d.]+)em/.exec(query);
  const max = /max-width:\s*([\d.]+)em/.exec(query);
  const matches =
    (min !== null || max !== null) &&
    (min === null || width >= Number(min[1]) * 16) &&
    (max === null || width <= Number(max[1]) * 16);
  return {
    matches,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  };
};

globalThis.ResizeObserver ??= class {
  observe(): void {
    /* nothing is laid out */
  }
  unobserve(): void {
    /* nothing is laid out */
  }
  disconnect(): void {
    /* nothing is laid out */
  }
};

Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;

Object.defineProperty(document, "fonts", {
  value: { addEventListener: () => undefined, removeEventListener: () => undefined, ready: Promise.resolve() },
});

Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as ArrayBuffer);
    };
    reader.onerror = () => {
      reject(new Error("unreadable"));
    };
    reader.readAsArrayBuffer(this);
  });
};

Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
