/** A person's picture: initials on their colour. */

import { el, svg } from "./dom.js";

const PALETTE = ["#7a4fb5", "#c2557e", "#2f7fb8", "#2b8a6b", "#b5702a", "#5a6ad0", "#a8443f", "#4d7f2c"];

/**
 * @param {{id: string, name: string, real_name?: string, color?: string, is_bot?: boolean}} user
 * @param {"small"|"large"|"huge"} [size] small fits a line of text
 */
export function avatar(user, size = "small") {
  const colour = colourOf(user);
  const content = user.is_bot ? pulse() : initials(user.real_name || user.name || "?");
  return el("span", { class: `avatar avatar-${size}${user.is_bot ? " avatar-bot" : ""}`, "aria-hidden": "true", style: user.is_bot ? {} : { "background-color": colour, color: inkOn(colour) } }, content);
}

function pulse() {
  return svg("svg", { viewBox: "0 0 32 32" }, svg("path", { d: "M4 17h5l3-8 5 15 4-10 2 3h5", fill: "none", stroke: "currentColor", "stroke-width": 2.6, "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, "").split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words[words.length - 1] : null].filter(Boolean).map((word) => [...word][0].toLocaleUpperCase()).join("") || "?";
}

function colourOf(user) {
  const given = /^#?([0-9a-f]{6})$/i.exec(user.color ?? "");
  if (given) return `#${given[1]}`;
  const sum = [...user.id].reduce((total, character) => total + character.codePointAt(0), 0);
  return PALETTE[sum % PALETTE.length];
}

function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 165 ? "#1f1a24" : "#ffffff";
}
