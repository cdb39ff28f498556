/** The line above a conversation: what it is, who reads it, and the app's tabs. */

import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { channelTitle, isBotChannel } from "./sidebar.js";

/** The head of the conversation. */
export function renderHeader(channel, store, ctx, actions) {
  const menu = el("button", { class: "icon-button only-phone", type: "button", "aria-label": ctx.t("openSidebar"), on: { click: actions.openSidebar } }, icon("menu"));
  const me = el("button", { class: "icon-button only-phone me-button", type: "button", "aria-haspopup": "dialog", "aria-label": `${ctx.t("actAs")}: ${store.me.real_name}`, on: { click: actions.openPeople } }, avatar(store.me, "large"));
  if (!channel) return [menu, el("h1", {}, ctx.t("noConversation")), me];
  return [menu, el("div", { class: "head-words" }, title(channel, store, ctx), isBotChannel(channel, store) ? tabs(store, ctx, actions) : null), audience(channel, ctx), me];
}

/** The head of the thread panel. */
export function renderThreadHeader(channel, store, ctx, { closeThread }) {
  if (!store.view.thread) return [];
  return [
    el("div", { class: "head-words" }, el("h2", {}, ctx.t("thread"), el("small", {}, channel ? channelTitle(channel, store) : ""))),
    el("button", { class: "icon-button", type: "button", "aria-label": ctx.t("close"), on: { click: closeThread } }, icon("close")),
  ];
}

function title(channel, store, ctx) {
  const other = store.users.get(channel.with);
  const mark = channel.kind === "im" ? avatar(other ?? { id: channel.id, name: "?" }) : icon(channel.kind === "private" ? "lock" : "hash");
  return el(
    "h1",
    {},
    mark,
    el("span", { class: "head-name" }, channel.kind === "im" ? channelTitle(channel, store) : channel.name),
    channel.external ? el("span", { class: "badge badge-external", title: ctx.t("externalHint") }, ctx.t("external")) : null,
    other?.is_bot ? el("span", { class: "app-badge" }, ctx.t("app")) : null,
    channel.topic ? el("small", { class: "topic" }, channel.topic) : null,
  );
}

function audience(channel, ctx) {
  if (channel.kind === "im" || !channel.members?.length) return null;
  const people = channel.members.map((id) => ctx.users.get(id)).filter((user) => user && !user.is_bot);
  const kind = ctx.t(channel.kind === "private" ? "privateChannel" : "publicChannel");
  return el("div", { class: "audience", title: people.map((user) => user.real_name || user.name).join(", ") }, people.slice(0, 3).map((user) => avatar(user)), el("span", { "aria-label": `${kind}, ${ctx.t("members", { n: people.length })}` }, String(people.length)));
}

function tabs(store, ctx, { openTab }) {
  const tab = (name) =>
    el("button", { class: "tab", type: "button", role: "tab", "aria-selected": String(store.view.tab === name), on: { click: () => openTab(name) } }, ctx.t(name));
  return el("div", { class: "tabs", role: "tablist" }, tab("home"), tab("messages"));
}
