/** Slack's mrkdwn as DOM nodes: what a message says is only ever set as text. */

import { el, fragment } from "./dom.js";
import { emoji, textNodes } from "./emoji.js";
import { slackDate } from "./times.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const SAFE_LINK = /^(https?:\/\/|mailto:|tel:)/i;
const INTO_SLACK = /^slack:\/\//i;
const BARE_LINK = /^https?:\/\/[^\s<>|"'`]+[^\s<>|"'`.,;:!?)\]*_~]/i;
const SHORTCODE = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;
const BLANK = /[\s\u200b]/;
const QUOTE = /^(?:&gt;|>) ?/;
const LIST_ITEM = /^(\s*)(•|◦|▪|‣|-|\d{1,3}\.)\s+(.*)$/u;

/**
 * The three entities of Slack's text, decoded once.
 * @param {string} text
 * @returns {string}
 */
export function unescapeText(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/**
 * mrkdwn → nodes: code fences, quotes, lists and lines of inline markup.
 * @param {string} text
 * @param {Object} ctx the render context (people, channels, words)
 * @returns {DocumentFragment}
 */
export function mrkdwn(text, ctx) {
  const parts = String(text ?? "").split(/```\n?([\s\S]*?)\n?```/);
  return fragment(parts.map((part, index) => (index % 2 ? el("pre", {}, unescapeText(plainAngles(part))) : lines(part, index, parts.length, ctx))));
}

/**
 * A `plain_text` object → nodes: no markup but emoji shortcodes and line breaks.
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function plainText(text) {
  const pieces = unescapeText(String(text ?? "")).split(/(:[a-z0-9_+'-]+:)/);
  return fragment(pieces.map((piece) => (SHORTCODE.test(piece) ? (emoji(piece.slice(1, -1)) ?? piece) : textNodes(piece))));
}

/**
 * A text object of either kind.
 * @param {{type: string, text: string}|undefined} object
 * @param {Object} ctx
 */
export function textObject(object, ctx) {
  if (!object) return fragment();
  if (object.type !== "mrkdwn") return plainText(object.text);
  return mrkdwn(object.text, object.verbatim ? { ...ctx, verbatim: true } : ctx);
}

/**
 * A link that opens elsewhere; an address of another scheme stays text.
 * @param {string} address
 * @param {...(Node|string)} label
 * @returns {Node}
 */
export function link(address, ...label) {
  if (!SAFE_LINK.test(address)) return el("span", {}, ...label);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/** A person's mention; one's own is marked. */
export function userMention(id, ctx, label) {
  const user = ctx.users.get(id);
  const name = user?.real_name || user?.name || label || id;
  return el("span", { class: id === ctx.me.id ? "mention mention-me" : "mention" }, `@${name}`);
}

/** A channel's mention, which leads there if the person may see it. */
export function channelMention(id, ctx, label) {
  const channel = ctx.channels.get(id);
  const name = `#${channel?.name ?? label ?? id}`;
  if (!channel) return el("span", { class: "mention" }, name);
  return el("button", { class: "mention mention-link", type: "button", on: { click: () => ctx.openChannel(id) } }, name);
}

function lines(part, index, count, ctx) {
  let text = part;
  if (index > 0) text = text.replace(/^\n/, "");
  if (index < count - 1) text = text.replace(/\n$/, "");
  if (text === "") return [];
  const nodes = [];
  const all = text.split("\n");
  for (let at = 0; at < all.length; ) {
    const size = quoteLength(all, at);
    if (size > 0) nodes.push(el("blockquote", {}, quoted(all.slice(at, at + size), ctx)));
    else nodes.push(line(all[at], at + 1 < all.length && quoteLength(all, at + 1) === 0, ctx));
    at += Math.max(size, 1);
  }
  return nodes;
}

function quoteLength(all, at) {
  if (/^(?:&gt;|>){3}/.test(all[at])) return all.length - at;
  let size = 0;
  while (at + size < all.length && QUOTE.test(all[at + size])) size += 1;
  return size;
}

function quoted(rows, ctx) {
  const bare = rows.map((row) => row.replace(/^(?:&gt;|>){3} ?/, "").replace(QUOTE, ""));
  return bare.map((row, at) => line(row, at + 1 < bare.length, ctx));
}

function line(text, more, ctx) {
  const item = LIST_ITEM.exec(text);
  if (item) {
    const marker = item[2] === "-" ? "•" : item[2];
    return el("span", { class: "list-line", style: { "--indent": Math.min(item[1].length, 8) } }, el("span", { class: "list-marker" }, marker), el("span", {}, inline(item[3], ctx)));
  }
  return [inline(text, ctx), more ? el("br") : null];
}

function inline(text, ctx) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(...textNodes(unescapeText(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = construct(text, at, ctx);
    if (found) {
      flush();
      nodes.push(...found.nodes);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** What starts at `at`, if it is more than a character: {nodes, length} or null. */
function construct(text, at, ctx) {
  const character = text[at];
  if (character === "`") return codeSpan(text, at);
  if (character === "<") return angle(text, at, ctx);
  if (character in STYLES) return styled(text, at, ctx);
  if (character === ":") return shortcode(text, at);
  if (/[hH]/.test(character) && !ctx.verbatim) return bareLink(text, at);
  return null;
}

function codeSpan(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { nodes: [el("code", {}, unescapeText(plainAngles(text.slice(at + 1, end))))], length: end - at + 1 };
}

function styled(text, at, ctx) {
  const mark = text[at];
  if (!boundary(text[at - 1]) || text[at + 1] === undefined || BLANK.test(text[at + 1]) || text[at + 1] === mark) return null;
  const end = closing(text, at, mark);
  if (end < 0) return null;
  return { nodes: [el(STYLES[mark], {}, inline(text.slice(at + 1, end), ctx))], length: end - at + 1 };
}

/** Where the style opened at `at` ends: not after a space, not inside code or an angle bracket, before a boundary. */
function closing(text, at, mark) {
  for (let end = at + 1; end < text.length; end += 1) {
    const skip = { "`": "`", "<": ">" }[text[end]];
    if (skip) {
      const after = text.indexOf(skip, end + 1);
      if (after > 0) end = after;
    } else if (text[end] === mark && !BLANK.test(text[end - 1]) && boundary(text[end + 1])) return end;
  }
  return -1;
}

function boundary(character) {
  return character === undefined || !/[\p{L}\p{N}]/u.test(character);
}

function shortcode(text, at) {
  const match = SHORTCODE.exec(text.slice(at, at + 60));
  const node = match && emoji(match[1]);
  return node ? { nodes: [node], length: match[0].length } : null;
}

function bareLink(text, at) {
  if (!boundary(text[at - 1])) return null;
  const match = BARE_LINK.exec(text.slice(at));
  if (!match) return null;
  const address = unescapeText(match[0]);
  return { nodes: [link(address, address)], length: match[0].length };
}

/** `<…>`: a mention, a date, a link; anything else stays as typed. */
function angle(text, at, ctx) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const inner = text.slice(at + 1, end);
  const node = reference(inner, ctx);
  return node && { nodes: [node], length: end - at + 1 };
}

function reference(inner, ctx) {
  const split = inner.indexOf("|");
  const target = split < 0 ? inner : inner.slice(0, split);
  const label = split < 0 ? undefined : unescapeText(inner.slice(split + 1));
  if (/^@[A-Z0-9_]+$/i.test(target)) return userMention(target.slice(1), ctx, label);
  if (/^#[A-Z0-9_]+$/i.test(target)) return channelMention(target.slice(1), ctx, label);
  if (target.startsWith("!date^")) return slackDate(target, label, ctx);
  if (/^!(here|channel|everyone)$/.test(target)) return el("span", { class: "mention mention-me" }, `@${target.slice(1)}`);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, label ?? `@${target.slice(9)}`);
  if (INTO_SLACK.test(target)) return el("span", { class: "mention" }, label ?? unescapeText(target)); // Slack's own client follows it
  if (!SAFE_LINK.test(target)) return null;
  const address = unescapeText(target);
  return link(address, ...textNodes(label || address));
}

/** Inside code, a link shows its label and a mention its id. */
function plainAngles(text) {
  return text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (whole, target, label) => (SAFE_LINK.test(target) || /^[@#!]/.test(target) ? label || target : whole));
}
