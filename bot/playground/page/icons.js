/** Line icons on a 20 × 20 grid, drawn here so that nothing is fetched. */

import { svg } from "./dom.js";

const PATHS = {
  hash: "M8 3 6 17M14 3l-2 14M3.5 7.5h13M3 12.5h13",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4l-6 6 6 6",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  send: "M3.5 16.5 17 10 3.5 3.5 5.5 9l6 1-6 1z",
  thread: "M4 4h12v9H9l-4 3.5V13H4z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  eye: "M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  sun: "M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M15.7 4.3l-1.4 1.4M5.7 14.3l-1.4 1.4",
  moon: "M16 12.5A7 7 0 0 1 7.5 4a6.5 6.5 0 1 0 8.5 8.5z",
  bolt: "M11 2.5 4.5 11.5H9.5L9 17.5l6.5-9H10.5z",
  people: "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 4a2.8 2.8 0 0 1 0 5.3M14.5 11.8c1.9.7 3 2.4 3 4.7",
  globe: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM2.5 10h15M10 2.5c4.5 4.5 4.5 10.5 0 15-4.5-4.5-4.5-10.5 0-15z",
  check: "M4 10.5 8 14.5 16 6",
  down: "M5 7.5 10 12.5 15 7.5",
  search: "M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM12.5 12.5 17 17",
  warning: "M10 3 18 16.5H2zM10 8v4M10 14.3v.01",
  file: "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5",
  pulse: "M1.5 10.5h4l2-5.5 3.5 10 2.5-6.5 1 2h4",
  switch: "M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3",
  arrowdown: "M10 4v12M5 11l5 5 5-5",
};

/**
 * A decorative icon; the control that holds it carries the words.
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}
