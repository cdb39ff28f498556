/** `rich_text` blocks: sections, lists, quotes and code, with styled runs. */

import { el, fragment } from "./dom.js";
import { emoji, textNodes } from "./emoji.js";
import { channelMention, link, userMention } from "./mrkdwn.js";
import { slackDate } from "./times.js";

const WRAPPERS = { code: "code", strike: "s", italic: "em", bold: "strong", underline: "u" };

/** The whole block. */
export function richText(block, ctx) {
  return el("div", { class: "block rich-text" }, (block.elements ?? []).map((part) => richPart(part, ctx)));
}

function richPart(part, ctx) {
  const runs = () => (part.elements ?? []).map((run) => richRun(run, ctx));
  if (part.type === "rich_text_section") return el("div", { class: "rich-section" }, runs());
  if (part.type === "rich_text_quote") return el("blockquote", {}, runs());
  if (part.type === "rich_text_preformatted") return el("pre", {}, runs());
  if (part.type === "rich_text_list") return richList(part, ctx);
  return el("div", { class: "notice" }, ctx.t("unknownElement", { type: part.type }));
}

function richList(part, ctx) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const items = (part.elements ?? []).map((item) => el("li", {}, richPart(item, ctx)));
  return el(tag, { class: "rich-list", style: { "--indent": Math.min(part.indent ?? 0, 8) }, start: part.offset ? part.offset + 1 : null }, items);
}

function richRun(run, ctx) {
  return Object.entries(WRAPPERS).reduce(
    (node, [style, tag]) => (run.style?.[style] ? el(tag, {}, node) : node),
    bareRun(run, ctx),
  );
}

function bareRun(run, ctx) {
  if (run.type === "text") return fragment(textNodes(run.text ?? ""));
  if (run.type === "link") return link(run.url ?? "", ...textNodes(run.text || run.url || ""));
  if (run.type === "emoji") return emoji(run.name ?? "") ?? document.createTextNode(`:${run.name}:`);
  if (run.type === "user") return userMention(run.user_id, ctx);
  if (run.type === "channel") return channelMention(run.channel_id, ctx);
  if (run.type === "broadcast") return el("span", { class: "mention mention-me" }, `@${run.range}`);
  if (run.type === "date") return slackDate(`!date^${run.timestamp}^${run.format}`, run.fallback, ctx);
  return document.createTextNode(run.text ?? run.fallback ?? "");
}
