/** Block Kit blocks as DOM nodes. A kind that is not known is said, never dropped. */

import { el, fragment, uniqueId } from "./dom.js";
import { blockElement, imageAddress, smallImage } from "./elements.js";
import { mrkdwn, plainText, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

/** Natural sizes of pictures seen so far, so that a picture drawn again takes its place at once. */
const sizes = new Map();
const UNKNOWN_SIZE = [1600, 900];

/**
 * All blocks of a message or view.
 * @param {Array<Object>} blocks
 * @param {Object} ctx the render context: people, channels, words, `form`, `act`
 * @returns {HTMLElement}
 */
export function renderBlocks(blocks, ctx) {
  return el("div", { class: "blocks" }, blocks.map((block) => renderBlock(block, ctx)));
}

/** One block. */
export function renderBlock(block, ctx) {
  const draw = BLOCKS[block?.type];
  if (!draw) return el("div", { class: "block notice" }, ctx.t("unknownBlock", { type: block?.type ?? "?" }));
  return draw(block, ctx);
}

function section(block, ctx) {
  const accessory = block.accessory?.type === "image" ? el("div", { class: "section-image" }, smallImage(block.accessory, ctx)) : block.accessory && el("div", { class: "section-accessory" }, blockElement(block.accessory, block.block_id, ctx));
  return el(
    "div",
    { class: "block section" },
    el(
      "div",
      { class: "section-text" },
      block.text ? el("div", { class: "mrkdwn" }, textObject(block.text, ctx)) : null,
      block.fields ? el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "field mrkdwn" }, textObject(field, ctx)))) : null,
    ),
    accessory,
  );
}

function header(block) {
  return el("h3", { class: "block header-block" }, plainText(block.text?.text));
}

function divider() {
  return el("hr", { class: "block divider" });
}

function context(block, ctx) {
  const parts = (block.elements ?? []).map((element) => (element.type === "image" ? smallImage(element, ctx) : el("span", { class: "mrkdwn" }, textObject(element, ctx))));
  return el("div", { class: "block context" }, parts);
}

function actions(block, ctx) {
  return el("div", { class: "block actions" }, (block.elements ?? []).map((element) => blockElement(element, block.block_id, ctx)));
}

function image(block, ctx) {
  const address = imageAddress(block, ctx);
  const known = sizes.get(address) ?? (block.image_width && block.image_height ? [block.image_width, block.image_height] : null);
  const picture = el("img", { src: address, alt: block.alt_text ?? "", decoding: "async" });
  const frame = el("div", { class: "image-frame loading", style: shape(known ?? UNKNOWN_SIZE) }, picture);
  picture.addEventListener("load", () => {
    const size = [picture.naturalWidth, picture.naturalHeight];
    sizes.set(address, size);
    frame.classList.remove("loading");
    for (const [name, value] of Object.entries(shape(size))) frame.style.setProperty(name, value);
  });
  picture.addEventListener("error", () => {
    frame.classList.replace("loading", "failed");
    for (const name of Object.keys(shape(UNKNOWN_SIZE))) frame.style.removeProperty(name);
    frame.replaceChildren(el("span", { class: "notice" }, ctx.t("imageFailed"), " ", block.alt_text ?? ""));
  });
  const title = block.title ? el("figcaption", {}, plainText(block.title.text)) : null;
  return el("figure", { class: "block image-block" }, title, el("a", { class: "image-link", href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": block.alt_text || block.title?.text || "image" }, frame));
}

/** What the style sheet needs to give a picture its place before it is there. */
function shape([width, height]) {
  return { "--natural-width": `${width}px`, "--ratio": String(width / height) };
}

function input(block, ctx) {
  const [labelId, hintId, errorId] = [uniqueId("label"), uniqueId("hint"), uniqueId("error")];
  const element = blockElement(block.element, block.block_id, ctx, { dispatch: Boolean(block.dispatch_action), label: block.label?.text, describedBy: `${errorId} ${hintId}` });
  const field = el(
    "div",
    { class: "block input-block", dataset: { block: block.block_id ?? "" } },
    el("div", { class: "input-label", id: labelId }, plainText(block.label?.text), block.optional ? el("span", { class: "optional" }, ` (${ctx.t("optional")})`) : null),
    element,
    el("div", { class: "input-error", id: errorId, role: "alert" }),
    block.hint ? el("div", { class: "input-hint", id: hintId }, plainText(block.hint.text)) : null,
  );
  field.querySelector(".input-label").addEventListener("click", () => field.querySelector("input, textarea, button")?.focus());
  return field;
}

function table(block, ctx) {
  const align = (column) => block.column_settings?.[column]?.align ?? "left";
  const wrapped = (column) => (block.column_settings?.[column]?.is_wrapped ? " wrapped" : "");
  const cell = (tag) => (content, column) => el(tag, { class: `align-${align(column)}${wrapped(column)}`, scope: tag === "th" ? "col" : null }, cellContent(content, ctx));
  const [head, ...body] = block.rows ?? [];
  return el(
    "div",
    { class: "block table-block", tabindex: "0", role: "region", "aria-label": block.caption ?? head?.map((content) => content.text ?? "").join(", ") },
    el("table", {}, block.caption ? el("caption", {}, block.caption) : null, head ? el("thead", {}, el("tr", {}, head.map(cell("th")))) : null, el("tbody", {}, body.map((row) => el("tr", {}, row.map(cell("td")))))),
  );
}

function cellContent(content, ctx) {
  if (content.type === "rich_text") return richText(content, ctx);
  if (content.type === "raw_number") return content.text ?? new Intl.NumberFormat(ctx.locale).format(content.value ?? content.number ?? 0);
  return content.text ?? "";
}

const BLOCKS = { section, header, divider, context, actions, image, input, table, data_table: table, rich_text: richText };

/**
 * A message without blocks: its text.
 * @param {string} text
 * @param {Object} ctx
 */
export function renderText(text, ctx) {
  return el("div", { class: "mrkdwn message-text" }, fragment(mrkdwn(text, ctx)));
}
