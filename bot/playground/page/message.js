/** One message of a conversation. */

import { avatar } from "./avatar.js";
import { renderBlocks, renderText } from "./blocks.js";
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { fullMoment, timeOfDay } from "./times.js";

/**
 * @param {Object} message as the server gives it
 * @param {{grouped: boolean, inThread: boolean}} place `grouped`: the author is told by the message above
 * @param {Object} ctx the render context of this message
 * @returns {HTMLElement}
 */
export function renderMessage(message, { grouped, inThread }, ctx) {
  const author = ctx.users.get(message.user) ?? { id: message.user ?? "?", name: message.user ?? "?" };
  const moment = new Date(message.time);
  const classes = ["message", grouped && "grouped", message.ephemeral && "ephemeral", message.user === ctx.botId && "from-bot"];
  return el(
    "article",
    { class: classes.filter(Boolean).join(" "), dataset: { ts: message.ts }, "aria-label": `${author.real_name || author.name}, ${timeOfDay(moment, ctx)}` },
    message.ephemeral ? el("div", { class: "only-you" }, icon("eye"), ctx.t("onlyYou")) : null,
    el("div", { class: "gutter" }, grouped ? time(moment, ctx) : avatar(author, "large")),
    el(
      "div",
      { class: "message-body" },
      grouped ? null : byline(author, moment, ctx),
      content(message, ctx),
      files(message, ctx),
      reactions(message, ctx),
      inThread || !message.reply_count ? null : replies(message, ctx),
    ),
    inThread || message.ephemeral ? null : hoverBar(message, ctx),
  );
}

function time(moment, ctx) {
  return el("time", { datetime: moment.toISOString(), title: fullMoment(moment, ctx) }, timeOfDay(moment, ctx));
}

function byline(author, moment, ctx) {
  return el(
    "div",
    { class: "byline" },
    el("strong", { class: "author" }, author.real_name || author.name),
    author.is_bot ? el("span", { class: "app-badge" }, ctx.t("app")) : null,
    author.external ? el("span", { class: "badge badge-external" }, ctx.t("external")) : null,
    time(moment, ctx),
  );
}

function content(message, ctx) {
  const body = message.blocks?.length ? renderBlocks(message.blocks, ctx) : renderText(message.text, ctx);
  if (message.edited) body.append(el("span", { class: "edited" }, ctx.t("edited")));
  return body;
}

function files(message, ctx) {
  const there = (message.files ?? []).filter((file) => !file.deleted);
  if (there.length === 0) return null;
  return el("div", { class: "files" }, there.map((file) => (isPicture(file) ? pictureFile(file, ctx) : fileCard(file, ctx))));
}

function isPicture(file) {
  return String(file.mimetype ?? "").startsWith("image/") || /\.(png|jpe?g|gif|webp)$/i.test(file.name ?? "");
}

function pictureFile(file, ctx) {
  const block = { type: "image", slack_file: { id: file.id }, alt_text: file.alt_txt ?? file.title ?? file.name ?? "", title: file.title ? { type: "plain_text", text: file.title } : undefined };
  return renderBlocks([block], ctx);
}

function fileCard(file, ctx) {
  return el("a", { class: "file-card", href: ctx.fileUrl(file.id), download: file.name }, icon("file"), el("span", {}, el("strong", {}, file.title || file.name), el("small", {}, file.name)));
}

function reactions(message, ctx) {
  if (!message.reactions?.length) return null;
  const counts = new Map();
  for (const { name, user } of message.reactions) counts.set(name, [...(counts.get(name) ?? []), ctx.users.get(user)?.real_name ?? user]);
  return el("div", { class: "reactions" }, [...counts].map(([name, people]) => el("span", { class: "reaction", title: people.join(", ") }, emoji(name) ?? `:${name}:`, String(people.length))));
}

function replies(message, ctx) {
  return el("button", { class: "replies", type: "button", on: { click: () => ctx.openThread(message.ts) } }, icon("thread"), ctx.t("replies", { n: message.reply_count }));
}

function hoverBar(message, ctx) {
  const label = ctx.t("replyInThread");
  return el("div", { class: "hover-bar" }, el("button", { class: "icon-button", type: "button", "aria-label": label, title: label, on: { click: () => ctx.openThread(message.ts) } }, icon("thread")));
}
