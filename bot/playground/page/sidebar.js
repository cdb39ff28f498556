/** The workspace at the left: channels, people, the app, and who one is. */

import { avatar } from "./avatar.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { roleBadge } from "./people.js";
import { currentTheme } from "./theme.js";
import { languageOf } from "./strings.js";

/**
 * The whole sidebar.
 * @param {Object} store the page's state
 * @param {Object} ctx
 * @param {{openChannel: Function, openPeople: Function, openFaults: Function, toggleTheme: Function}} actions
 */
export function renderSidebar(store, ctx, actions) {
  const bots = store.channels.filter((channel) => isBotChannel(channel, store));
  const people = store.channels.filter((channel) => channel.kind === "im" && !bots.includes(channel));
  const close = el("button", { class: "icon-button only-phone", type: "button", "aria-label": ctx.t("close"), on: { click: actions.closeSidebar } }, icon("close"));
  const rooms = store.channels.filter((channel) => channel.kind !== "im");
  return [
    el("div", { class: "workspace" }, el("span", { class: "workspace-mark" }, icon("pulse")), el("span", { class: "workspace-name" }, store.team.name, el("small", {}, `Latido · ${ctx.t("title")}`)), close),
    el(
      "nav",
      { class: "rooms", "aria-label": ctx.t("workspace") },
      group(ctx.t("channels"), rooms.map((channel) => room(channel, store, ctx, actions))),
      group(ctx.t("directMessages"), people.map((channel) => room(channel, store, ctx, actions))),
      group(ctx.t("apps"), bots.length ? bots.map((channel) => room(channel, store, ctx, actions)) : []),
    ),
    foot(store, ctx, actions),
  ];
}

/** Whether a conversation is the one with the bot. */
export function isBotChannel(channel, store) {
  return channel?.kind === "im" && channel.with === store.bot.user_id;
}

/** What a conversation is called: `#name`, or the other person's name. */
export function channelTitle(channel, store) {
  if (channel.kind !== "im") return `#${channel.name}`;
  const other = store.users.get(channel.with);
  return other?.real_name || other?.name || channel.name;
}

function group(title, rows) {
  if (rows.length === 0) return null;
  return el("section", { class: "room-group" }, el("h2", {}, title), el("ul", {}, rows));
}

function room(channel, store, ctx, { openChannel }) {
  const current = store.view.channel === channel.id;
  const unread = channel.unread > 0 && !current;
  const name = channel.kind === "im" ? channelTitle(channel, store) : channel.name;
  return el(
    "li",
    {},
    el(
      "button",
      { class: `room${unread ? " unread" : ""}`, type: "button", "aria-current": current ? "page" : null, dataset: { channel: channel.id }, on: { click: () => openChannel(channel.id) } },
      mark(channel, store),
      el("span", { class: "room-name" }, name),
      channel.external ? el("span", { class: "badge badge-external", title: ctx.t("externalHint") }, ctx.t("external")) : null,
      isBotChannel(channel, store) ? el("span", { class: "app-badge" }, ctx.t("app")) : null,
      unread ? el("span", { class: "count", "aria-label": ctx.t("unread", { n: channel.unread }) }, String(channel.unread)) : null,
    ),
  );
}

function mark(channel, store) {
  if (channel.kind === "im") return avatar(store.users.get(channel.with) ?? { id: channel.id, name: channel.name ?? "?" });
  return icon(channel.kind === "private" ? "lock" : "hash");
}

function foot(store, ctx, { openPeople, openFaults, toggleTheme }) {
  const dark = currentTheme() === "dark";
  const { me } = store;
  return el(
    "div",
    { class: "sidebar-foot" },
    el(
      "button",
      { class: "me", type: "button", "aria-haspopup": "dialog", "aria-label": `${ctx.t("actAs")}: ${me.real_name}`, on: { click: openPeople } },
      avatar(me, "large"),
      el("span", { class: "me-words" }, el("strong", {}, me.real_name || me.name), el("small", {}, roleBadge(me, ctx), ctx.t(`lang_${languageOf(me.locale)}`))),
      icon("switch"),
    ),
    el(
      "div",
      { class: "tools" },
      el("button", { class: "tool", type: "button", "aria-haspopup": "dialog", on: { click: openFaults } }, icon("bolt"), ctx.t("faults"), store.faults.length ? el("span", { class: "count" }, String(store.faults.length)) : null),
      el("button", { class: "tool", type: "button", on: { click: toggleTheme } }, icon(dark ? "sun" : "moon"), ctx.t(dark ? "lightTheme" : "darkTheme")),
    ),
  );
}
